import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomeMember } from '../../schemas/outcome.ts'
import type { Claim, ClaimedValue } from '../../src/core/claim.ts'
import type { Standing } from '../../src/core/facts.ts'
import { judge } from '../../src/core/judge.ts'
import { branch, claim, proposalText } from './claims.ts'
import { fixtureAccounts } from './fixture-registry.ts'

type Registers = Readonly<Record<string, string>>
interface Typed {
  readonly account: string
  readonly meter: string
  readonly list?: readonly string[]
  readonly registers?: Registers
  readonly proposal?: { readonly meter: string; readonly registers: Registers } | null
}
interface Turn {
  readonly at?: string
  readonly outcome?: string
  readonly outcome_any?: readonly string[]
  readonly accepted: readonly { account: string; meter: string; period: string; registers: Registers }[]
  readonly values?: readonly Typed[]
}
interface Message {
  readonly id: string
  readonly turns: readonly Turn[]
}

const accounts = fixtureAccounts()
const messages: readonly Message[] = readFileSync(new URL('../fixtures/messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

function claimOf(named: { account: string; meter: string }, values: readonly ClaimedValue[], at?: string): Claim {
  const account = accounts.get(named.account)
  const meter = account?.meters.find((one) => one.meter === named.meter)
  if (account === undefined || meter === undefined) throw new Error('the fixtures name a meter that they lack')
  const instant = at ?? '2026-11-22T03:00:00Z'
  return claim({ branch: branch(account.branch), account, meter, values, receivedAt: instant, orderAt: instant })
}

function labelled(registers: Registers): readonly ClaimedValue[] {
  return Object.entries(registers).map(([register, value]) => ({ register, value }))
}

function typedValues({ list, registers = {} }: Typed): readonly ClaimedValue[] {
  return list === undefined ? labelled(registers) : list.map((value) => ({ register: null, value }))
}

const typed = messages.flatMap(({ id, turns }) =>
  turns.flatMap((turn) => (turn.values ?? []).map((values) => [id, turn, values] as const)),
)

describe('what customers typed', () => {
  test('there are such cases', () => expect(typed.length).toBeGreaterThanOrEqual(13))

  test.each(typed)('%s is judged and proposed as expected', (_id, turn, values) => {
    const verdict = judge(claimOf(values, typedValues(values), turn.at), [])
    expect(outcomeMember(verdict.outcome)).toBe(turn.outcome)
    if (values.proposal === undefined) return
    const expected = values.proposal && {
      meter: values.proposal.meter,
      values: labelled(values.proposal.registers).map(({ register, value }) =>
        expect.objectContaining({ register, value }),
      ),
    }
    expect(verdict.proposal, proposalText(verdict) ?? 'nothing').toEqual(expected)
  })
})

describe('what customers sent, turn after turn', () => {
  const conversations = messages.filter(({ turns }) => turns.some(({ accepted }) => accepted.length > 0))

  test.each(conversations.map((message) => [message.id, message] as const))('%s is accepted', (_id, { turns }) => {
    const standing: Standing[] = []
    for (const turn of turns) {
      for (const reading of turn.accepted) {
        const said = turn.outcome ?? turn.outcome_any?.[0] ?? ''
        const confirmed: Claim['confirmed'] = said.includes('CONFIRMED') ? ['VERY_HIGH'] : []
        const claimed = { ...claimOf(reading, labelled(reading.registers), turn.at ?? turns[0]?.at), confirmed }
        const before = standing.find(({ meter, period }) => meter === reading.meter && period === reading.period)
        const verdict = judge(claimed, standing)
        expect(verdict).toMatchObject({
          outcome: { kind: 'accepted' },
          period: reading.period,
          supersedes: before?.eventId ?? null,
          registers: labelled(reading.registers),
        })
        standing.unshift({
          ...{ branch: claimed.account.branch, account: reading.account, meter: reading.meter, period: reading.period },
          ...{
            registers: reading.registers,
            orderAt: claimed.orderAt,
            eventId: String(standing.length),
            byOperator: false,
          },
        })
      }
    }
  })
})
