/** What became of slips that went through the gateway, beside what was written on them. */
import type { Customer } from './hand/customers.ts'
import { isPlausible } from './hand/customers.ts'
import type { Place } from './hand/scan-files.ts'
import type { Handwriting } from './handwriting.ts'
import type { TrueSlip } from './truth.ts'

/** A line of `gateway slips scan --full`. */
export interface SlipLine extends Place {
  /** null: the code was not read. */
  readonly account: string | null
  readonly meter: string | null
  readonly outcome: 'accepted' | 'duplicate' | 'held' | 'rejected'
  readonly code?: string
  readonly registers: Readonly<Record<string, string | null>>
  readonly confidence: number
}

/** A line of `gateway events`, as far as it is looked at. */
export interface ReadingEvent {
  readonly account: string
  readonly meter: string
  readonly period: string
  readonly registers: readonly { readonly register: string; readonly value: string }[]
}

/** The figures of one round trip. */
export interface RoundCounts {
  readonly slips: number
  readonly pages: number
  /** Slips of the first scan that the gateway told of, and those of them whose code was read. */
  readonly found: number
  readonly named: number
  /** Codes read as somebody's whose slip is not on that page. */
  readonly strangers: number
  /** Slips of the first scan that got no outcome, or more than one. */
  readonly undecided: number
  readonly readable: number
  readonly readableAccepted: number
  readonly share: number
  /** Surely read, and not as written: before the rules judged, and accepted after them. */
  readonly wrongBefore: number
  readonly wrongAfter: number
  /** Accepted wrong ones of which the rules must say that they can't be. */
  readonly wrongCatchable: number
  /** What a person has to see, and what of it was held. */
  readonly others: number
  readonly othersHeld: number
  readonly ambiguous: number
  readonly ambiguousHeld: number
  /** Slips on sheets that were scanned twice; those whose code was read, and whose second scan was taken for another paper. */
  readonly doubled: number
  readonly doubledApart: number
  readonly events: number
  /** Events beyond the first of their meter and period, and accepted slips without one. */
  readonly eventsDoubled: number
  readonly eventsMissing: number
  /** Empty sheets that somebody has to look at all the same: a streak, or grain, looks like writing. */
  readonly fromNothing: number
}

/** What the gateway said. */
export interface Told {
  readonly lines: readonly SlipLine[]
  readonly events: readonly ReadingEvent[]
}

/** One slip with what became of it. */
export interface Decided {
  readonly truth: TrueSlip
  readonly customer: Customer
  readonly lines: readonly SlipLine[]
}

const samePlace = (one: Place, other: Place): boolean => one.file === other.file && one.page === other.page

/** Each slip with the lines that tell of it; where a page has codes that were not read, its nameless lines are dealt out. */
export function decidedOf({ slips, customers }: Handwriting, { lines }: Told): Decided[] {
  const ofAccount = new Map(customers.map((customer) => [customer.account, customer]))
  const dealt = new Set<SlipLine>()
  return slips.map((truth) => {
    const here = lines.filter((line) => samePlace(line, truth))
    const own = here.filter(({ account, meter }) => account === truth.account && meter === truth.meter)
    const nameless = here.find((line) => line.account === null && !dealt.has(line))
    if (own.length === 0 && nameless !== undefined) dealt.add(nameless)
    const found = own.length > 0 ? own : nameless === undefined ? [] : [nameless]
    return { truth, customer: ofAccount.get(truth.account) as Customer, lines: found }
  })
}

/** Counts a round trip. */
export function roundCounts(written: Handwriting, told: Told): RoundCounts {
  const { slips, doubled, blank, pages } = written
  const all = decidedOf(written, told)
  const fromNothing = told.lines.filter((line) => blank.some((place) => samePlace(line, place)))
  const again = told.lines.filter((line) => doubled.some((place) => samePlace(line, place)))
  const first = told.lines.filter((line) => !fromNothing.includes(line) && !again.includes(line))
  const named = first.filter(({ account }) => account !== null)
  const accounts = new Set(slips.map(({ account, file, page }) => `${account} ${file} ${page}`))
  const of = (...expected: TrueSlip['expect'][]) => all.filter(({ truth }) => expected.includes(truth.expect))
  const [readable, others, ambiguous] = [of('readable'), of('review'), of('ambiguous')]
  const readableAccepted = readable.filter(isAccepted).length
  const wrong = all.filter((one) => isAccepted(one) && isWrong(one))
  const periods = told.events.map(({ account, meter, period }) => `${account} ${meter} ${period}`)
  return {
    slips: slips.length,
    pages,
    found: first.length,
    named: named.length,
    strangers: named.filter(({ account, file, page }) => !accounts.has(`${account} ${file} ${page}`)).length,
    undecided: all.filter(({ lines }) => lines.length !== 1).length,
    readable: readable.length,
    readableAccepted,
    share: Math.round((1_000 * readableAccepted) / Math.max(1, readable.length)) / 1_000,
    wrongBefore: all.filter((one) => isSure(one) && isWrong(one)).length,
    wrongAfter: wrong.length,
    wrongCatchable: wrong.filter((one) => !isBelievable(one)).length,
    others: others.length,
    othersHeld: others.filter(isHeld).length,
    ambiguous: ambiguous.length,
    ambiguousHeld: ambiguous.filter(isHeld).length,
    doubled: doubled.reduce((sum, { ids }) => sum + ids.length, 0),
    doubledApart: again.filter(({ account, outcome }) => account !== null && outcome !== 'duplicate').length,
    events: told.events.length,
    eventsDoubled: periods.length - new Set(periods).size,
    eventsMissing: all.filter((one) => isAccepted(one) && !hasEvent(one, told.events)).length,
    fromNothing: fromNothing.length,
  }
}

function isAccepted({ lines }: Decided): boolean {
  return lines[0]?.outcome === 'accepted'
}

function isHeld({ lines }: Decided): boolean {
  return lines[0]?.outcome === 'held'
}

/** Whether recognition was sure, whatever the rules said then. */
function isSure({ lines }: Decided): boolean {
  const [line] = lines
  return line?.outcome === 'accepted' || (line?.outcome === 'held' && line.code !== 'UNREADABLE')
}

/** Whether it was read otherwise than written; null in the truth says that nobody may read it. */
function isWrong({ truth, lines }: Decided): boolean {
  const registers = lines[0]?.registers ?? {}
  return truth.registers.some(
    ({ name, read }) => read === null || Number(read) !== Number(registers[name] ?? Number.NaN),
  )
}

function isBelievable({ truth, customer, lines }: Decided): boolean {
  const registers = lines[0]?.registers ?? {}
  return customer.registers.every((register, at) => {
    const value = registers[truth.registers[at]?.name ?? ''] ?? null
    return value !== null && isPlausible(value, register, customer.service)
  })
}

/** Its event says what its line says. */
function hasEvent({ truth, lines }: Decided, events: readonly ReadingEvent[]): boolean {
  const said = lines[0]?.registers ?? {}
  return events.some(
    ({ account, meter, registers }) =>
      account === truth.account &&
      meter === truth.meter &&
      registers.every(({ register, value }) => Number(value) === Number(said[register])),
  )
}

/** Slips that deserve a look, a line each: accepted wrongly, or not held though a person has to see them. */
export function remarksOn(all: readonly Decided[]): string[] {
  return all
    .filter(
      (one) =>
        (isSure(one) && isWrong(one)) || (one.truth.expect !== 'readable' && !isHeld(one)) || one.lines.length !== 1,
    )
    .map(({ truth: { id, file, page, expect, reasons, registers }, lines }) => {
      const written = registers.map(({ value, read }) => (read === null ? `(${value})` : value)).join(' ')
      const read = lines.map(
        (line) => `${line.outcome} ${line.code ?? ''} ${Object.values(line.registers).join(' ')} ${line.confidence}`,
      )
      return `${id} ${file} page ${page}, ${expect} ${reasons.join(' ')}: written ${written}, ${read.join('; ')}`
    })
}
