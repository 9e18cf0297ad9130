import { join } from 'node:path'
import { type Handwriting, type ScanPlan, writeHandwriting } from '../handwriting/handwriting.ts'
import {
  decidedOf,
  type ReadingEvent,
  type RoundCounts,
  remarksOn,
  roundCounts,
  type SlipLine,
  type Told,
} from '../handwriting/round.ts'

/** A round trip's figures, and the digits that were never written because they are broken. */
export interface SlipsRound extends RoundCounts {
  readonly digitsLeftOut: number
}

/**
 * Slips printed for invented customers, filled in by hand, worn, scanned, and read by the gateway's own command into a store
 * of their own. What is read wrongly goes to `remark`, a line each.
 */
export async function slipsRoundDrill(plan: ScanPlan, remark: (line: string) => void): Promise<SlipsRound> {
  const written = await writeHandwriting(plan)
  try {
    const told = await throughGateway(written)
    for (const line of remarksOn(decidedOf(written, told))) remark(line)
    return { ...roundCounts(written, told), digitsLeftOut: written.leftOut }
  } finally {
    written.desk.end()
  }
}

async function throughGateway({ desk, folder, files }: Handwriting): Promise<Told> {
  const scanned = await desk.run('slips', 'scan', '--full', ...files.map((file) => join(folder, file)))
  if (scanned.status !== 0) throw new Error(scanned.complaints.join('\n'))
  const { lines } = await desk.run('events')
  return {
    lines: scanned.lines.map((line) => JSON.parse(line) as SlipLine),
    events: lines.map((line) => (JSON.parse(line) as { data: ReadingEvent }).data),
  }
}

/** Wrong readings of a thousand slips that are borne: the goal of recognition. */
const WRONG_IN = 1_000
/** Readable slips that must need nobody, at least. */
const SHARE_LEAST = 0.6

/**
 * What must hold of any slips, whatever luck they have: nothing lost, nothing twice, nothing that rules or eyes must stop.
 * An ambiguous digit may be read as it was meant; read otherwise, it counts as wrong like any other.
 */
export function isFaithful(counts: RoundCounts): boolean {
  const { strangers, undecided, eventsDoubled, eventsMissing, wrongCatchable, others, othersHeld } = counts
  const lost = strangers + undecided + eventsDoubled + eventsMissing
  return lost === 0 && wrongCatchable === 0 && othersHeld === others
}

/** What must hold of a thousand. */
export function isGoodEnough(counts: RoundCounts): boolean {
  const { slips, wrongBefore, wrongAfter, share } = counts
  return isFaithful(counts) && Math.max(wrongBefore, wrongAfter) * WRONG_IN <= slips && share >= SHARE_LEAST
}
