import { readFileSync } from 'node:fs'
import { type Branch, Branches } from '../../src/core/branch.ts'
import type { Claim, ClaimedValue, Verdict } from '../../src/core/claim.ts'
import type { Account, Meter, Register, Standing } from '../../src/core/facts.ts'

/** Branches of the fixtures by id. */
const branches = new Map(
  Branches.parse(JSON.parse(readFileSync(new URL('../fixtures/branches.json', import.meta.url), 'utf8'))).map(
    (branch) => [branch.id, branch],
  ),
)

/** A branch of the fixtures. */
export function branch(id: string): Branch {
  const found = branches.get(id)
  if (found === undefined) throw new Error(`no branch ${id}`)
  return found
}

/** Five digits, 4700 thirty days before the default receipt, 300 kWh expected in them (304.375 × 30 / 30.4375). */
const register: Register = {
  register: 'T1',
  zone: 'TOTAL',
  digits: 5,
  decimals: 0,
  lastValue: '4700',
  lastDate: '2026-10-23',
  monthlyUsage: '304.375',
}

/** An active electricity meter; each register differs from `register` as told, labelled T1, T2, T3. */
export function meter(registers: readonly Partial<Register>[], over: Partial<Meter> = {}): Meter {
  return {
    meter: '100200300',
    service: 'ELECTRICITY',
    status: 'ACTIVE',
    replacedBy: null,
    ratio: 1,
    registers: registers.map((differs, at) => ({ ...register, register: `T${at + 1}`, ...differs })),
    ...over,
  }
}

/** `4700` is a value without a label, `T2=4700` one with it. */
export function values(...texts: readonly string[]): readonly ClaimedValue[] {
  return texts.map((text) => {
    const [label = '', value] = text.split('=')
    return value === undefined ? { register: null, value: label } : { register: label, value }
  })
}

/** A claim of the branch amur for one meter; `others` are further meters of the account. */
export function claim(over: Partial<Claim> & { readonly others?: readonly Meter[] }): Claim {
  const { others = [], ...rest } = over
  const claimed = rest.meter ?? meter([{}])
  return {
    branch: branch('amur'),
    account: account([claimed, ...others]),
    meter: claimed,
    values: [],
    receivedAt: '2026-11-22T03:00:00.000Z',
    orderAt: '2026-11-22T03:00:00.000Z',
    confirmed: [],
    proposalTaken: false,
    flags: [],
    byOperator: false,
    ...rest,
  }
}

/** An account of amur with these meters. */
function account(meters: readonly Meter[]): Account {
  return { branch: 'amur', account: '2880000001', oldAccount: null, unifiedAccount: null, phone: null, meters }
}

/** A standing reading of `claim`'s account and meter. */
export function standing(registers: Readonly<Record<string, string>>, over: Partial<Standing> = {}): Standing {
  return {
    branch: 'amur',
    account: '2880000001',
    meter: '100200300',
    period: '2026-11',
    registers,
    orderAt: '2026-11-21T03:00:00.000Z',
    eventId: 'a-standing-event',
    byOperator: false,
    ...over,
  }
}

/** `null`, or `100200300 T1=68373 T2=40439`. */
export function proposalText({ proposal }: Verdict): string | null {
  if (proposal === null) return null
  return [proposal.meter, ...proposal.values.map(({ register: label, value }) => `${label}=${value}`)].join(' ')
}
