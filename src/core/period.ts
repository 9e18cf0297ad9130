import type { Branch } from './branch.ts'
import { msOf } from './instant.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Zones change their offset on quarters of an hour only, so one offset holds for all of a quarter. */
const QUARTER_MS = 15 * MINUTE_MS

/** Where an instant stands to a branch's window (rules 1 and 2). */
export interface WindowAt {
  readonly inside: boolean
  /** `2026-11`: the month that a reading counts for; after the window the next one. */
  readonly period: string
  /** First and last local day of that month's window, `2026-11-20`. */
  readonly opensOn: string
  readonly closesOn: string
  /** The local day of the instant, counted in days from 1970-01-01. */
  readonly day: number
}

/** A branch's window in the month of some instant. All `Ms` are local time, written as if it were UTC. */
interface Month {
  readonly startsMs: number
  readonly endsMs: number
  readonly opensMs: number
  readonly closesMs: number
  readonly current: WindowDays
  readonly next: WindowDays
}

type WindowDays = Pick<WindowAt, 'period' | 'opensOn' | 'closesOn'>

/**
 * Window and period of an ISO instant in the branch's own time zone. The window opens at 00:00 of its first day and is
 * over at the very minute at which it closes. In a month that is too short its days are the last ones of the month.
 */
export function windowAt(branch: Branch, instant: string): WindowAt {
  const ms = msOf(instant)
  const local = ms + offsetMs(branch.timeZone, ms)
  const month = monthAt(branch, local)
  const late = local >= month.closesMs
  const { period, opensOn, closesOn } = late ? month.next : month.current
  const inside = !late && local >= month.opensMs
  return { inside, period, opensOn, closesOn, day: Math.floor(local / DAY_MS) }
}

/** `2026-10-22` → days from 1970-01-01. */
export function dayNumber(isoDate: string): number {
  return Date.parse(isoDate) / DAY_MS
}

/** `2026-11-20` → 20. */
export function dayOf(isoDate: string): number {
  return Number(isoDate.slice(8))
}

/** `2026-11` or `2026-11-20` → 11. */
export function monthOf(iso: string): number {
  return Number(iso.slice(5, 7))
}

/** Policy `refuse` (rule 2): nothing is taken or asked outside the window; the days of the next one, or null: it is taken. */
export function refusedWindow(branch: Branch, at: string): Pick<WindowDays, 'opensOn' | 'closesOn'> | null {
  if (branch.window.outside !== 'refuse') return null
  const { inside, opensOn, closesOn } = windowAt(branch, at)
  return inside ? null : { opensOn, closesOn }
}

/** The last month of each branch: nearly all instants fall into it. */
const lastMonths = new WeakMap<Branch, Month>()

function monthAt(branch: Branch, local: number): Month {
  const last = lastMonths.get(branch)
  if (last !== undefined && local >= last.startsMs && local < last.endsMs) return last
  const month = windowMonth(branch, new Date(local))
  lastMonths.set(branch, month)
  return month
}

function windowMonth(branch: Branch, at: Date): Month {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  const { fromDay, toDay, closesAt } = branch.window
  const closesAfterMinutes = Number(closesAt.slice(0, 2)) * 60 + Number(closesAt.slice(3))
  return {
    startsMs: Date.UTC(year, month, 1),
    endsMs: Date.UTC(year, month + 1, 1),
    opensMs: dayInMonth(year, month, fromDay),
    closesMs: dayInMonth(year, month, toDay) + closesAfterMinutes * MINUTE_MS,
    current: windowDays(branch, year, month),
    next: windowDays(branch, year, month + 1),
  }
}

function windowDays({ window }: Branch, year: number, month: number): WindowDays {
  const opensOn = isoDay(dayInMonth(year, month, window.fromDay))
  return { period: opensOn.slice(0, 7), opensOn, closesOn: isoDay(dayInMonth(year, month, window.toDay)) }
}

/** Midnight of a day of a month (from 0, may be 12), no later than the month's last day, as if local time were UTC. */
function dayInMonth(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month, day)
  const lastDay = Date.UTC(year, month + 1, 0)
  return Math.min(date, lastDay)
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** The last offset of each zone: instants come nearly in order, and asking `Temporal` costs more than all of a judgement. */
const lastOffsets = new Map<string, { readonly quarter: number; readonly offset: number }>()

function offsetMs(timeZone: string, ms: number): number {
  const quarter = Math.floor(ms / QUARTER_MS)
  const last = lastOffsets.get(timeZone)
  if (last !== undefined && last.quarter === quarter) return last.offset
  const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(timeZone)
  const offset = zoned.offsetNanoseconds / 1e6
  lastOffsets.set(timeZone, { quarter, offset })
  return offset
}
