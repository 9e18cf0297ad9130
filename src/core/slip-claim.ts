/** A slip as it comes to the intake, what is kept of it, and the part of the store's port that is about slips. */
import type { Code } from '../../schemas/codes.ts'
import type { Answer, Delivery } from './delivery.ts'
import type { SlipSeen } from './slip.ts'
import type { RowDoubt } from './slip-posterior.ts'

/** Where on which scan a slip was seen. */
export interface ScanPlace {
  /** SHA-256 of the scan's file, hex. */
  readonly scan: string
  /** 0-based. */
  readonly page: number
  /** From 1, in reading order on its page. */
  readonly position: number
}

/** One slip of a scan. */
export interface SlipClaim {
  readonly seen: SlipSeen
  readonly place: ScanPlace
  /** What the handwriting looks like, coarsely, so that the same paper is known again; see src/slip/paper.ts. Empty: nothing to see. */
  readonly paper: string
  /** Why a person looks at it even where it was read surely: one of the first, one of the random share; null: nobody has to. */
  readonly review: 'first' | 'audit' | null
  /** From which confidence on a value counts as surely read. */
  readonly sureFrom: number
}

/** What a person read on a slip that waited for review. */
export interface SlipReview {
  /** The submission of the slip. */
  readonly reviews: string
  /** What the machine had read on it. */
  readonly read: readonly ReadRegister[]
  /** As the code says, or as typed where it could not be read. */
  readonly account: string
  readonly meter: string
  /** Register label → value; null: nobody can read it. */
  readonly values: Readonly<Record<string, string>> | null
  /** Codes of the doubts that the person has seen, and says: it is written so. */
  readonly confirmed: readonly Code[]
  /** The person leaves a later reading of the customer's as it stands: rule 23 goes by the time alone. */
  readonly yields?: true
}

/** One register as it was read. */
export interface ReadRegister {
  readonly register: string
  /** As written, `24056.9`; null: not even a guess. */
  readonly value: string | null
  readonly confidence: number
  /** Whether that is enough to be believed without a person. */
  readonly sure: boolean
  /** What a person has to look at; absent: it is sure, or it was read before this was kept. */
  readonly why?: RowDoubt
}

/** Why a slip waits for a person, or waited. */
export type ReviewReason = 'held' | 'first' | 'audit'

/** What is kept of a slip beside its submission. */
export interface SlipRecord {
  readonly submissionId: string
  readonly deliveryId: string
  /** `ACCOUNT/METER/MONTH` as the code says; empty: it can't be read. */
  readonly identity: string
  readonly place: ScanPlace
  readonly paper: string
  readonly registers: readonly ReadRegister[]
  /** ISO instant of the drop-box. */
  readonly receivedAt: string
  /** null: nobody has to look at it. */
  readonly review: ReviewReason | null
  /** What it was held for; absent: it was not, or before this was kept. */
  readonly heldFor?: Code
}

/** A slip that waits for a person. */
export interface WaitingSlip extends SlipRecord {
  /** Counts from 1, in the order in which slips came. */
  readonly number: number
}

/** A slip that a person has decided on. */
export interface ReviewedSlip extends WaitingSlip {
  /** What the person said last; null: unreadable. */
  readonly values: SlipVerdict['values']
}

/** How a person's decision compares with what was read. */
export interface SlipVerdict {
  readonly reviews: string
  /** What the person said; null: unreadable. */
  readonly values: Readonly<Record<string, string>> | null
  /** Whether a surely read register was read otherwise by the person. */
  readonly disagrees: boolean
}

/** What was read of one slip, and what a person read on it. */
export interface SlipComparison {
  readonly review: ReviewReason
  readonly registers: readonly ReadRegister[]
  readonly values: Readonly<Record<string, string>> | null
}

/** How many slips there were, wait for a person, and were compared. */
export interface SlipCounts {
  readonly taken: number
  readonly waiting: number
  readonly reviewed: number
  /** Reviewed ones of which a surely read register was read otherwise by the person. */
  readonly disagreed: number
}

/** The part of the store's port that is about slips; same words as of the rest: what throws has recorded nothing. */
export interface SlipStore {
  /** Slips of that identity, the newest first, at most `limit`; those whose paper is purged are left out. */
  slipsOf(identity: string, limit: number): Promise<readonly SlipRecord[]>
  slipCounts(): Promise<SlipCounts>
  /** Slips that wait for a person with a number > after, in order, at most `limit`. */
  slipsToReview(after: number, limit: number): Promise<readonly WaitingSlip[]>
  /** The slip of that number as it was reviewed; null: it was not, or its paper is purged. */
  slipReviewed(number: number): Promise<ReviewedSlip | null>
  /** Reviewed slips, the newest first, at most `limit`. */
  slipComparisons(limit: number): Promise<readonly SlipComparison[]>
}

/** What would become of a delivery. */
export interface Preview {
  readonly answer: Answer
  readonly slip?: SlipRecord
  /** It would take the place of a reading that the customer gave later, as an operator's may (rule 23). */
  readonly overLater?: true
}

/** What those who bring slips, and those who review them, need of the house; a running gateway lends it to commands. */
export interface SlipHouse extends SlipStore {
  /** See Intake. */
  submit(delivery: Delivery): Promise<{ readonly answer: Answer; readonly repeated: boolean }>
  /** What would become of a delivery, or became of it when it came before; nothing is recorded. */
  preview(delivery: Delivery): Promise<Preview>
  /** The gateway's clock, ISO instant. */
  now(): Promise<string>
}
