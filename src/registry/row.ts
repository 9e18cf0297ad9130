import { e164 } from '../channel/phone.ts'
import { withoutZeros } from '../core/decimal.ts'
import { type Account, type Meter, type Register, type Service, services, type Zone, zones } from '../core/facts.ts'
import { aliasKey, isUnifiedAccount, normaliseAccount, normaliseSerial, writtenAccount } from '../language/normalise.ts'
import type { Column, ColumnPlaces } from './columns.ts'
import type { Problems } from './problems.ts'

/**
 * One row of the file, checked by itself: one register of one meter of an account. Account numbers are normalised (rules 3
 * and 4); the serial stands as the file writes it, trimmed, for billing finds its meter by it again.
 */
export interface Row extends Omit<Account, 'meters'>, Omit<Meter, 'registers'>, Register {
  readonly line: number
}

/** What a row is checked against. */
export interface RowRules {
  readonly places: ColumnPlaces
  /** Branch id → what a whole account number of that branch looks like. */
  readonly accountPatterns: ReadonlyMap<string, RegExp>
  /** Whether a text is a day, and none that lies too far ahead. */
  readonly isDay: (text: string) => boolean
  readonly problems: Problems
}

const SERIAL_CHARACTERS_MAX = 20
const RATIO_MAX = 100_000

const SERVICES: readonly string[] = services
const ZONES: readonly string[] = zones
const STATUSES: readonly string[] = ['ACTIVE', 'ARCHIVED'] satisfies Row['status'][]

/** Columns that need nothing but themselves: what is right, and what is said where it is not. */
const CHECKS: readonly (readonly [column: Column, isRight: (text: string) => boolean, what: string])[] = [
  ['old_account', (text) => text === '' || aliasKey(text) !== '', 'holds neither letters nor digits'],
  [
    'unified_account',
    (text) => text === '' || isUnifiedAccount(writtenAccount(text)),
    'is no ЕЛС: two digits, two letters, six digits',
  ],
  ['phone', (text) => text === '' || e164(text) !== null, 'is no E.164 number, such as +79…'],
  ['service', (text) => SERVICES.includes(text), `is none of ${SERVICES.join(' ')}`],
  ['meter', isSerial, `is empty or longer than ${SERIAL_CHARACTERS_MAX} characters`],
  ['meter_status', (text) => STATUSES.includes(text), `is none of ${STATUSES.join(' ')}`],
  [
    'replaced_by',
    (text) => text === '' || isSerial(text),
    `is no serial of at most ${SERIAL_CHARACTERS_MAX} characters`,
  ],
  ['register', (text) => /^T[1-9]$/.test(text), 'is none of T1 to T9'],
  ['zone', (text) => ZONES.includes(text), `is none of ${ZONES.join(' ')}`],
  ['digits', (text) => /^([1-9]|1[0-2])$/.test(text), 'is no whole number from 1 to 12'],
  ['decimals', (text) => /^[0-6]$/.test(text), 'is no whole number from 0 to 6'],
  [
    'ratio',
    (text) => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= RATIO_MAX,
    `is no whole number from 1 to ${RATIO_MAX}`,
  ],
  [
    'last_value',
    (text) => /^\d{1,12}(\.\d{1,6})?$/.test(text),
    'is no decimal number of at most 12 digits before and 6 after the point',
  ],
  [
    'monthly_usage',
    (text) => /^(\d{1,12}(\.\d{1,6})?)?$/.test(text),
    'is neither empty nor a decimal number of at most 12 digits before and 6 after the point',
  ],
]

/** Reads one row, or null where it is wrong: every wrong column is named in `rules.problems`. */
export function readRow(fields: readonly string[], line: number, rules: RowRules): Row | null {
  const { places, problems } = rules
  const width = Object.keys(places).length
  if (fields.length !== width) {
    problems.add(line, null, `has ${fields.length} fields instead of ${width}`)
    return null
  }
  const before = problems.count
  const text = (column: Column): string => fields[places[column]] ?? ''
  checkBranchAndAccount(text, line, rules)
  for (const [column, isRight, what] of CHECKS) if (!isRight(text(column))) problems.add(line, column, what)
  if (!rules.isDay(text('last_date')))
    problems.add(line, 'last_date', 'is no day such as 2026-10-22, or lies too far ahead')
  if (problems.count === before && !fitsDial(text('last_value'), Number(text('digits'))))
    problems.add(line, 'last_value', 'has more whole digits than the dial')
  return problems.count === before ? rowOf(text, line) : null
}

function checkBranchAndAccount(text: (column: Column) => string, line: number, rules: RowRules): void {
  const pattern = rules.accountPatterns.get(text('branch'))
  if (pattern === undefined) rules.problems.add(line, 'branch', 'is not in the branches file')
  else if (!pattern.test(normaliseAccount(text('account'))))
    rules.problems.add(line, 'account', "does not match the branch's pattern")
}

function rowOf(text: (column: Column) => string, line: number): Row {
  return {
    line,
    branch: text('branch'),
    account: normaliseAccount(text('account')),
    oldAccount: aliasKey(text('old_account')) || null,
    unifiedAccount: aliasKey(text('unified_account')) || null,
    phone: text('phone') || null,
    service: text('service') as Service,
    meter: text('meter').trim(),
    status: text('meter_status') as Row['status'],
    replacedBy: text('replaced_by').trim() || null,
    ratio: Number(text('ratio')),
    register: text('register'),
    zone: text('zone') as Zone,
    digits: Number(text('digits')),
    decimals: Number(text('decimals')),
    lastValue: withoutZeros(text('last_value')),
    lastDate: text('last_date'),
    monthlyUsage: text('monthly_usage') || null,
  }
}

function isSerial(text: string): boolean {
  return text.trim().length <= SERIAL_CHARACTERS_MAX && normaliseSerial(text) !== ''
}

function fitsDial(value: string, digits: number): boolean {
  return withoutZeros(value).replace(/\..*/, '').length <= digits
}
