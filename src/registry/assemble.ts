import type { Account, Meter, Register } from '../core/facts.ts'
import { serialKey } from '../language/normalise.ts'
import type { Column } from './columns.ts'
import type { Problems } from './problems.ts'
import type { Row } from './row.ts'

/** What all rows of one account say alike, and all rows of one meter. */
const OF_ACCOUNT = [
  ['old_account', 'oldAccount'],
  ['unified_account', 'unifiedAccount'],
  ['phone', 'phone'],
] as const satisfies readonly (readonly [Column, keyof Row])[]
const OF_METER = [
  ['meter', 'meter'],
  ['service', 'service'],
  ['meter_status', 'status'],
  ['ratio', 'ratio'],
  ['replaced_by', 'replacedBy'],
] as const satisfies readonly (readonly [Column, keyof Row])[]

/** What goes beside the rows of an account. `whole`: no row was dropped, so that a successor that is not there is wrong. */
export interface AssembleContext {
  readonly problems: Problems
  readonly whole: boolean
}

/** Makes an account of its rows (at least one, in file order), or null where they contradict one another. */
export function assemble(rows: readonly [Row, ...Row[]], context: AssembleContext): Account | null {
  const { problems } = context
  const before = problems.count
  const [first] = rows
  for (const row of rows) compare(row, first, OF_ACCOUNT, problems)
  const meters = byMeter(rows)
  for (const ofMeter of meters.values()) checkMeter(ofMeter, problems)
  if (context.whole) for (const [key, [row]] of meters) checkSuccessor(row, key, meters, problems)
  if (problems.count > before) return null
  const { branch, account, oldAccount, unifiedAccount, phone } = first
  return {
    branch,
    account,
    oldAccount,
    unifiedAccount,
    phone,
    meters: [...meters.values()].map(meterOf),
  }
}

type Meters = ReadonlyMap<string, readonly [Row, ...Row[]]>

function byMeter(rows: readonly Row[]): Meters {
  const meters = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    const key = serialKey(row.meter)
    const ofMeter = meters.get(key)
    if (ofMeter === undefined) meters.set(key, [row])
    else ofMeter.push(row)
  }
  return meters
}

function checkMeter(rows: readonly [Row, ...Row[]], problems: Problems): void {
  const registers = new Map<string, number>()
  const zones = new Map<string, number>()
  for (const row of rows) {
    compare(row, rows[0], OF_METER, problems)
    const register = registers.get(row.register)
    const zone = zones.get(row.zone)
    if (register !== undefined) problems.add(row.line, 'register', `stands on line ${register} already for this meter`)
    else if (zone !== undefined) problems.add(row.line, 'zone', `stands on line ${zone} already for this meter`)
    registers.set(row.register, register ?? row.line)
    zones.set(row.zone, zone ?? row.line)
  }
}

function compare(row: Row, first: Row, fields: typeof OF_ACCOUNT | typeof OF_METER, problems: Problems): void {
  const whose = fields === OF_ACCOUNT ? 'account' : 'meter'
  for (const [column, field] of fields) {
    if (row[field] !== first[field])
      problems.add(row.line, column, `differs from line ${first.line} of the same ${whose}`)
  }
}

function checkSuccessor(row: Row, key: string, meters: Meters, problems: Problems): void {
  if (row.replacedBy === null) return
  const successor = serialKey(row.replacedBy)
  if (successor === key) problems.add(row.line, 'replaced_by', 'is the meter itself')
  else if (!meters.has(successor)) problems.add(row.line, 'replaced_by', 'is no meter of the same account')
}

function meterOf(rows: readonly [Row, ...Row[]]): Meter {
  const [{ meter, service, status, replacedBy, ratio }] = rows
  const registers = rows.map(registerOf).sort((one, other) => (one.register < other.register ? -1 : 1))
  return { meter, service, status, replacedBy, ratio, registers }
}

function registerOf({ register, zone, digits, decimals, lastValue, lastDate, monthlyUsage }: Row): Register {
  return { register, zone, digits, decimals, lastValue, lastDate, monthlyUsage }
}
