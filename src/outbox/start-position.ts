import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import type { KafkaPosition } from './publisher.ts'

/** What the start needs of the store. */
type Outbox = Pick<Store, 'outboxAfter' | 'outboxState' | 'notedPosition'>

/**
 * Where the relay begins, given the position that Kafka has (null: none). Kafka has the truth, but for two cases:
 * it may have forgotten (offsets of a silent group expire, a topic was made anew), then the position that the store
 * noted stands; and the store may be older than Kafka's position (restored from a backup), then its new events would
 * be passed over for ever, and the noted position stands too. An event may then come again, with the same `ce_id`.
 */
export async function startPosition(position: KafkaPosition | null, store: Outbox, log: Log): Promise<number> {
  const noted = await store.notedPosition()
  if (position === null || position.seq < noted) {
    const kafka = position?.seq ?? null
    if (noted > 0) log.warn({ kafka, noted }, 'Kafka has forgotten the position; going on from the noted one')
    return noted
  }
  const kafka = position.seq
  const { lastSeq } = await store.outboxState(kafka)
  const isOlder = kafka > lastSeq ? kafka !== noted : await isAnother(position, store)
  if (!isOlder) return kafka
  log.error({ kafka, noted, lastSeq }, 'the store is older than the position in Kafka; going on from the noted one')
  return noted
}

/** A store that was put back may have given its seqs to other events by the time Kafka is asked. */
async function isAnother({ seq, eventId }: KafkaPosition, store: Outbox): Promise<boolean> {
  if (eventId === null) return false
  const [row] = await store.outboxAfter(seq - 1, 1)
  return row?.seq === seq && row.headers['ce_id'] !== eventId
}
