import type { ChatMessage, Receipt, Sent } from './chat.ts'
import type { Answer, Delivery } from './delivery.ts'
import type { Account, Standing } from './facts.ts'
import type { RegistryState } from './registry.ts'
import type { SlipRecord, SlipStore, SlipVerdict } from './slip-claim.ts'

/**
 * The port of the store, standing with those who need it. Two implementations (embedded SQLite, PostgreSQL) pass one
 * contract suite. Every method throws only when the store is broken (down, disk full, read-only, locked); then nothing
 * of the call has been recorded.
 */
export interface Store extends SlipStore, ReceiptStore {
  /**
   * One batch: loads what the lookups name, lets `decide` say in memory what becomes of each, and commits what it returns,
   * all or nothing and durable (fsync) before the promise resolves. Batches never overlap on the same account.
   */
  transact(lookups: readonly Lookup[], decide: (facts: Facts) => readonly Decision[]): Promise<void>
  /** The same look-up without a commit (pages, `explain`). */
  look(lookup: Lookup): Promise<Facts>
  /** Answer of an earlier submission by its id, or null; of one that came by that channel, where one is given. */
  answerOf(submissionId: string, channel?: string): Promise<Answer | null>
  /** Outbox rows with `seq` > after, in order, at most `limit`. */
  outboxAfter(after: number, limit: number): Promise<readonly OutboxRow[]>
  /** Highest seq there is (0: none) and, given the relay's position, the instant at which the oldest waiting row was written. */
  outboxState(position: number): Promise<{ lastSeq: number; oldestWaitingAt: string | null }>
  /** The relay's position as last seen in Kafka, so that depth can be shown while Kafka is away; the truth is in Kafka. */
  notePosition(seq: number): Promise<void>
  notedPosition(): Promise<number>
  /** A random id drawn when the store was made; names the relay's Kafka group, so that a new store starts anew. */
  storeId(): Promise<string>
  /** Asked questions with a reading in them that nobody answered until `before` become held; returns how many. */
  holdUnanswered(before: string): Promise<number>
  /**
   * Removes raw input older than `rawBefore` and decisions older than `decisionsBefore`; returns the counts. In small
   * steps, each whole: after `stop` was aborted only those begun end, and the next purge goes on.
   */
  purge(rawBefore: string, decisionsBefore: string, stop?: AbortSignal): Promise<{ raw: number; decisions: number }>
  /**
   * Deliveries, oldest first and as they came, whose submissions wait for the registry (`waitsForRegistry`). Each leaves
   * in the transaction that writes its follow-up, or when its raw input is purged.
   */
  unjudged(limit: number): Promise<readonly Delivery[]>
  /** Throws where the store cannot write now (a probe that leaves nothing behind). */
  probe(): Promise<void>
  close(): Promise<void>
}

/** The part of the port that is about messages on their way to chats. */
export interface ReceiptStore {
  /**
   * Hands out receipts of a channel to be sent at `now`, at most `limit`: for each recipient the oldest that is not done,
   * if its time has come. Each is put off until `until` in the same statement, so that no other gateway sends it too;
   * it is due again then where its sender died before `noteSent`.
   */
  receiptsDue(channel: string, now: string, limit: number, until: string): Promise<readonly Receipt[]>
  /** Takes down what the messenger said: taken and never end a receipt, later puts it off until `notBefore`; in doubt, it stays handed out. */
  noteSent(seq: number, sent: Sent, notBefore: string): Promise<void>
  /** A callback of the messenger about a message that it had taken; unknown ids are ignored. */
  noteFailed(channel: string, providerId: string, at: string): Promise<void>
  /**
   * A callback of the messenger: a message of that id reached the chat. Where no receipt has that id, the receipt to that
   * chat that was handed out and has no result yet is done: its sender died between sending and `noteSent`. Else nothing.
   */
  noteReached(channel: string, to: string, providerId: string): Promise<void>
  /** Receipts that wait, and the instant at which the oldest of them was written. */
  receiptState(channel: string): Promise<{ waiting: number; oldestAt: string | null }>
}

/** What one delivery needs to know. Keys are normalised as rules 3 and 4 write them. */
export interface Lookup {
  readonly channel: string
  readonly deliveryId: string
  /** Key of the conversation within the channel, or null. */
  readonly sender: string | null
  /** E.164 phone whose accounts are wanted, or null. */
  readonly phone: string | null
  /** Account numbers to look up as they may stand in the text. */
  readonly accounts: readonly string[]
  /** Old numbers and ЕЛС to look up. */
  readonly aliases: readonly string[]
}

/** Wants nothing: how the registry is, is told all the same. */
export const nothingWanted: Lookup = {
  channel: '',
  deliveryId: '',
  sender: null,
  phone: null,
  accounts: [],
  aliases: [],
}

/** What `transact` loaded, and what earlier decisions of the same batch have changed. All look-ups are in memory. */
export interface Facts {
  readonly registry: RegistryState
  answered(channel: string, deliveryId: string): Answer | undefined
  /** `at`: ISO instant at which the channel received what is read now; absent: the store's clock. From `expiresAt` on: gone. */
  conversation(channel: string, sender: string, at?: string): StoredConversation | undefined
  /** Accounts with that account number (several: in several branches). */
  byAccount(account: string): readonly Account[]
  /** Accounts with that old number or ЕЛС. */
  byAlias(alias: string): readonly Account[]
  byPhone(phone: string): readonly Account[]
  /** Standing readings of an account, newest period first, then by meter; at least those of the last 3 periods. */
  standing(branch: string, account: string): readonly Standing[]
  /** Makes a decision visible to the deliveries after it in the batch. */
  apply(decision: Decision): void
}

/** A conversation as the store keeps it, under its channel and sender. */
export interface StoredConversation {
  /** JSON of the dialog's state, perhaps of another version's; empty: the store itself could not read its row. */
  readonly state: string
  /** Accounts that the conversation is about; the store loads their facts with it. */
  readonly accounts: readonly string[]
  /** ISO instant from which on it counts as gone. */
  readonly expiresAt: string
  /** Nothing is open in it: a store may forget it when it starts anew, and keep it in memory until then. */
  readonly isIdle?: boolean
}

/** What one delivery leaves behind. */
export interface Decision {
  readonly delivery: Delivery
  readonly answer: Answer
  /** New standing readings, and those that were said once more, later. */
  readonly readings: readonly Standing[]
  readonly events: readonly OutboxEvent[]
  /** Messages that leave by the messenger, in order; written with the rest, sent afterwards. */
  readonly receipts?: readonly { readonly to: string; readonly message: ChatMessage }[]
  /** What is kept of a slip; a follow-up replaces what its original left. */
  readonly slip?: SlipRecord
  /** What a person said of a slip that waited. */
  readonly slipVerdict?: SlipVerdict
  /** The conversation from now on; undefined: as it was; null: gone. */
  readonly conversation: StoredConversation | null | undefined
  /** Submissions whose open question this one answers or drops. */
  readonly settles: readonly string[]
  /** Items of the answer with outcome `asked` that hold a reading: they become held when nobody answers. */
  readonly opens: boolean
  /** What was kept of the conversation was not understood, so that it starts anew; absent: it was, or nothing was kept. */
  readonly startsAnew?: boolean
}

/** An event as it waits for Kafka. */
export interface OutboxEvent {
  readonly topic: 'readings' | 'rejected'
  /** `BRANCH/ACCOUNT`, or the submission's id. */
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON text of the data. */
  readonly data: string
}

/** `seq` counts from 1 without regard to topic; order of seq is order of acceptance. */
export interface OutboxRow extends OutboxEvent {
  readonly seq: number
  readonly writtenAt: string
}
