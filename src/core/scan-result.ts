import type { Code } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { SlipIdentity } from './slip.ts'

/** A slip of a scan, as whoever brought the scan is told of it. */
export interface SlipResult {
  /** 0-based. */
  readonly page: number
  /** From 1, in reading order on its page. */
  readonly position: number
  /** The last four digits; null: its code could not be read. */
  readonly account: string | null
  readonly meter: string | null
  /** When it was read; what is held then may be accepted after a person's review. */
  readonly outcome: Outcome['kind']
  readonly code?: Code
}

/** What became of a scan. */
export interface ScanResult {
  /** `failed`: something of it could not be read; the slips of the rest are taken all the same. */
  readonly status: 'done' | 'failed'
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[]
  readonly slips: readonly SlipResult[]
}

/** A scan that was uploaded, by its name. */
export interface Upload {
  readonly id: string
  /** SHA-256 of the file, hex. */
  readonly scan: string
  /** ISO instant at which its drop-box was emptied. */
  readonly collected: string
}

/** How an upload stands. */
export type UploadState = Upload & (ScanResult | { readonly status: 'waiting' })

/** A slip for whoever brought it, its account and meter masked. */
export function slipResult(
  place: Pick<SlipResult, 'page' | 'position'>,
  identity: SlipIdentity | null,
  outcome: Outcome,
): SlipResult {
  return {
    page: place.page,
    position: place.position,
    account: identity === null ? null : masked(identity.account),
    meter: identity === null ? null : masked(identity.meter),
    outcome: outcome.kind,
    ...('code' in outcome && { code: outcome.code }),
  }
}

const VISIBLE = 4

/** Only the last four signs of a number. */
export function masked(text: string): string {
  return '*'.repeat(Math.max(0, text.length - VISIBLE)) + text.slice(-VISIBLE)
}
