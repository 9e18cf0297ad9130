import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromProvider, fromTwilio } from '../channels/providers.ts'
import { metricsOf } from '../drill/gateway-process.ts'
import { recordProblems } from '../schemas/validate.ts'
import { type FixtureHouse, type FixtureRegistry, fixtureRegistry, openFixtureHouse } from './fixture-house.ts'
import { ofTheHouse, personalIn } from './personal.ts'

interface Turn {
  readonly at?: string
  readonly text: string
  readonly outcome?: string
  readonly outcome_any?: readonly string[]
  readonly accepted: readonly object[]
}

interface Case {
  readonly id: string
  readonly from: string
  readonly turns: readonly Turn[]
}

const read = (file: string) =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
const cases = read('messages.jsonl').map((line): Case => JSON.parse(line))
const NOON = '2026-11-22T03:00:00Z'
/** Two parts of a text in Russian. */
const REPLY_CHARACTERS_MAX = 134

/** Everything that leaves a gateway and is read by people who are no customers. */
const logged: string[] = []
const scraped: string[] = []
let registry: FixtureRegistry

beforeAll(async () => {
  registry = await fixtureRegistry()
})
afterAll(() => registry.remove())

describe('every message of the fixtures, through a whole gateway,', () => {
  test.each(cases)('$id gives its outcomes, replies and events', async ({ id, from, turns }) => {
    const house = await openFixtureHouse(registry, turns[0]?.at ?? NOON)
    try {
      for (const [index, turn] of turns.entries()) {
        const silent = turns.slice(0, index).some(({ text }) => text === 'стоп')
        await expectTurn(house, { id: `${id}-${index}`, from, turn, silent })
      }
      const metrics = await (await fetch(`${house.url}/metrics`)).text()
      expectIdentity(metricsOf(metrics))
      logged.push(...house.lines)
      scraped.push(metrics)
    } finally {
      await house.end()
    }
  })

  test('leaves nothing of a person in logs and metrics', () => {
    const answered = logged.filter((line) => JSON.parse(line).msg === 'answered')
    expect(answered).toHaveLength(cases.flatMap(({ turns }) => turns).length)
    const said = cases.flatMap(({ from, turns }) => [from, ...turns.map(({ text }) => text)])
    expect(personalIn([...logged, ...scraped.map(ofTheHouse)], said)).toEqual([])
  })
})

/** A turn as it is posted; `silent`: its sender has opted out and gets no receipts. */
interface Posted {
  readonly id: string
  readonly from: string
  readonly turn: Turn
  readonly silent: boolean
}

async function expectTurn(house: FixtureHouse, said: Posted): Promise<void> {
  const { turn, silent } = said
  const before = await house.events()
  const { outcome, reply } = turn.at === undefined ? await byTwilio(house, said) : await byProvider(house, said)
  expect(turn.outcome_any ?? [turn.outcome], turn.text).toContain(outcome)
  expect(reply.length, reply).toBeLessThanOrEqual(REPLY_CHARACTERS_MAX)
  expect(reply === '', turn.text).toBe(silent)
  const made = (await house.events()).slice(before.length)
  expect(made.filter(({ topic }) => topic === 'meter-readings').map(acceptedOf)).toEqual(turn.accepted)
  const problems = made.flatMap(({ headers, data }) => recordProblems({ headers, value: JSON.stringify(data) }))
  expect(problems).toEqual([])
}

async function byTwilio(house: FixtureHouse, { id, from, turn }: Posted) {
  const response = await house.post(fromTwilio(id, turn.text, { From: from }))
  const twiml = await response.text()
  expect([response.status, twiml.startsWith('<?xml')]).toEqual([200, true])
  const message = /<Message>(.*)<\/Message>/s.exec(twiml)?.[1] ?? ''
  return { outcome: response.headers.get('x-reading-outcome'), reply: unescaped(message) }
}

async function byProvider(house: FixtureHouse, { id, from, turn }: Posted) {
  const response = await house.post(fromProvider(id, turn.text, { from, receivedAt: turn.at }))
  const { reply, outcome } = (await response.json()) as { reply: string; outcome: string }
  expect([response.status, outcome]).toEqual([200, response.headers.get('x-reading-outcome')])
  return { outcome, reply }
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

function unescaped(xml: string): string {
  return xml.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity)
}

function acceptedOf({ data }: { data: Readonly<Record<string, unknown>> }): object {
  const { account, meter, period } = data
  const registers = data['registers'] as { register: string; value: string }[]
  return { account, meter, period, registers: Object.fromEntries(registers.map((one) => [one.register, one.value])) }
}

/** received = accepted + duplicate + asked + held + rejected + none, for each channel. */
function expectIdentity(metrics: ReadonlyMap<string, number>): void {
  for (const channel of ['sms', 'web-form']) {
    const outcomes = [...metrics].filter(([name]) => name.startsWith(`gateway_items_total{channel="${channel}"`))
    const sum = outcomes.reduce((total, [, value]) => total + value, 0)
    expect(outcomes.map(([name]) => /outcome="(\w+)"/.exec(name)?.[1]).sort()).toEqual([
      'accepted',
      'asked',
      'duplicate',
      'held',
      'none',
      'rejected',
    ])
    expect(metrics.get(`gateway_items_received_total{channel="${channel}"}`)).toBe(sum)
  }
}
