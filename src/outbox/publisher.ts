import type { OutboxRow } from '../core/store.ts'

/** Where the relay stands, by Kafka's word. */
export interface KafkaPosition {
  /** The highest seq whose event stands on its topic. */
  readonly seq: number
  /** That event's `ce_id`; null: it was not written down. */
  readonly eventId: string | null
}

/** The port through which the relay reaches Kafka. `src/kafka` has the real one. */
export interface Publisher {
  /**
   * Connects and takes over: fences whoever held the place, lets what was left open end (aborted or committed), and
   * answers the position that Kafka has, or null where it has none.
   * May be called again after any failure and starts from scratch then.
   */
  open(): Promise<KafkaPosition | null>
  /** Puts the events and the position in one transaction. After a failure only `open` tells whether it went through. */
  publish(rows: readonly OutboxRow[], position: number): Promise<void>
  /** The seq of the position that Kafka has, without taking over. */
  peek(): Promise<number | null>
  /** Drops every connection, within seconds whatever state they are in. Never rejects. */
  close(): Promise<void>
}

/**
 * Why publishing failed: `fenced`, another relay has taken over; `away`, Kafka does not answer, to be tried again;
 * `refused`, Kafka answers no (authentication, authorisation, a message too large): someone is needed.
 */
export type PublishFailure = 'fenced' | 'away' | 'refused'

/** A failure to publish. The message names the kind and the error's code; never anything of an event. */
export class PublishError extends Error {
  override readonly name = 'PublishError'
  readonly failure: PublishFailure
  readonly code: string

  constructor(failure: PublishFailure, code: string) {
    super(`Kafka ${failure}: ${code}`)
    this.failure = failure
    this.code = code
  }
}

/** Resolves after `ms` milliseconds, or at once when the signal is aborted; never rejects. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>
