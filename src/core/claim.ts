import type { Code, Flag } from '../../schemas/codes.ts'
import type { RegisterReading } from '../../schemas/events.ts'
import type { Branch } from './branch.ts'
import type { Item } from './delivery.ts'
import type { Account, Meter, Standing } from './facts.ts'

/** A value as it was claimed: `register` null where the customer put no label to it; order is the order of the text. */
export interface ClaimedValue {
  readonly register: string | null
  /** Digits with an optional `.` fraction: `\d{1,12}(\.\d{1,3})?`, otherwise as typed. */
  readonly value: string
}

/** One meter's values as a submission claims them, the meter already found. */
export interface Claim {
  readonly branch: Branch
  readonly account: Account
  /** An active meter of that account. */
  readonly meter: Meter
  readonly values: readonly ClaimedValue[]
  /** ISO instant of the turn that brought the values: decides window and period. */
  readonly receivedAt: string
  /** ISO instant of the turn that settles it: orders readings of one period. */
  readonly orderAt: string
  /** Codes of questions that the customer has answered with yes. */
  readonly confirmed: readonly Code[]
  /** Whether the last of these questions held a proposal, whose values these now are. */
  readonly proposalTaken: boolean
  /** Flags known before judging: NO_SERIAL, OLD_ACCOUNT. */
  readonly flags: readonly Flag[]
  readonly byOperator: boolean
}

/** What the judge says of a claim. */
export interface Verdict extends Pick<Item, 'outcome' | 'proposal' | 'missing' | 'window'> {
  /** `2026-11`; the period that it counts for, or would. */
  readonly period: string
  /** In register order, as the event carries them; of what was not accepted, all that could be put on registers. */
  readonly registers: readonly RegisterReading[]
  /** `ce_id` of the reading that this one replaces. */
  readonly supersedes: string | null
  /** Of a duplicate received later than the standing reading: that reading as it stands from now on. */
  readonly restated: Standing | null
}
