import { readFileSync } from 'node:fs'

/** A meter of the sample registry with room for many different readings that nobody doubts. */
export interface DrillMeter {
  /** `amur/2880950488`, as events name it. */
  readonly key: string
  readonly account: string
  readonly serial: string
  readonly registers: readonly { readonly register: string; readonly last: number; readonly usage: number }[]
  /** How many readings differ from each other before they begin again. */
  readonly readings: number
}

const columns = {
  branch: 0,
  account: 1,
  service: 6,
  serial: 7,
  status: 8,
  register: 10,
  digits: 12,
  ratio: 14,
  last: 15,
  usage: 17,
} as const

/** Fewer different readings could meet the standing one again while the gateway is down. */
const READINGS_MIN = 60

/** Fields of a line of the registry; its only quoted field has no quote in it. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map(([, field = '']) => field)

/**
 * One meter an account: electricity, in use, with a known usage. Readings between 0.5 and 1.5 of the usual are accepted
 * without a question on any day of the window.
 */
export function drillMeters(): readonly DrillMeter[] {
  const [, ...lines] = readFileSync(new URL('../fixtures/registry.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const meters = new Map<string, string[][]>()
  for (const row of lines.map(fieldsOf)) {
    const id = `${row[columns.branch]}/${row[columns.account]} ${row[columns.serial]}`
    meters.set(id, [...(meters.get(id) ?? []), row])
  }
  const accounts = new Map<string, DrillMeter>()
  for (const rows of meters.values()) {
    const meter = meterOf(rows)
    if (meter !== null && !accounts.has(meter.key)) accounts.set(meter.key, meter)
  }
  return [...accounts.values()]
}

function meterOf(rows: readonly (readonly string[])[]): DrillMeter | null {
  const [first = []] = rows
  const text = (row: readonly string[], column: keyof typeof columns) => row[columns[column]] ?? ''
  const registers = rows.map((row) => ({
    register: text(row, 'register'),
    last: Math.ceil(Number(text(row, 'last'))),
    usage: Math.floor(Number(text(row, 'usage')) / Number(text(row, 'ratio'))),
    room: 10 ** Number(text(row, 'digits')),
  }))
  const plain = rows.every((row) => text(row, 'service') === 'ELECTRICITY' && text(row, 'status') === 'ACTIVE')
  const readings = Math.min(...registers.map(({ usage }) => usage))
  const fits = registers.every(({ last, usage, room }) => last + 1.5 * usage < room)
  if (!plain || !fits || readings < READINGS_MIN) return null
  const account = text(first, 'account')
  return { key: `${text(first, 'branch')}/${account}`, account, serial: text(first, 'serial'), registers, readings }
}

/** The registers of a meter in reading number `n` (from 0): each between 0.5 and 1.5 of the usual, and never the same as `n − 1`. */
export function readingOf({ registers, readings }: DrillMeter, n: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    registers.map(({ register, last, usage }) => [
      register,
      String(last + Math.ceil(usage / 2) + Math.floor((usage * (n % readings)) / readings)),
    ]),
  )
}

/** The text message that brings it. */
export function textOf(meter: DrillMeter, n: number): string {
  return [meter.account, meter.serial, ...Object.values(readingOf(meter, n))].join(' ')
}
