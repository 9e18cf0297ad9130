import type { Branch } from './branch.ts'

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

/**
 * Window and period of an ISO instant in the branch's own time zone. The window opens at 00:00 of its first day and is
 * over at the very minute at which it closes. In a month that is too short its days are the last ones of the month.
 */
export function windowAt(branch: Branch, instant: string): WindowAt {
  const { fromDay, toDay, closesAt } = branch.window
  const local = localMs(branch.timeZone, Date.parse(instant))
  const at = new Date(local)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  const closes = dayInMonth(year, month, toDay) + Number(closesAt.slice(0, 2)) * 60 * MINUTE_MS
  const late = local >= closes + Number(closesAt.slice(3)) * MINUTE_MS
  const counted = late ? month + 1 : month
  const opensOn = isoDay(dayInMonth(year, counted, fromDay))
  return {
    inside: !late && local >= dayInMonth(year, month, fromDay),
    period: opensOn.slice(0, 7),
    opensOn,
    closesOn: isoDay(dayInMonth(year, counted, toDay)),
    day: Math.floor(local / DAY_MS),
  }
}

/** `2026-10-22` → days from 1970-01-01. */
export function dayNumber(isoDate: string): number {
  return Date.parse(isoDate) / DAY_MS
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

/** Local time as milliseconds that read as if they were UTC. */
function localMs(timeZone: string, ms: number): number {
  return ms + offsetMs(timeZone, ms)
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
