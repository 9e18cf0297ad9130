import type { Store } from '../core/store.ts'
import type { RelayLog } from './publisher.ts'

/**
 * Where the relay begins, given the position that Kafka has (null: none). Kafka has the truth, but for two cases:
 * it may have forgotten (offsets of a silent group expire, a topic was made anew), then the position that the store
 * noted stands; and the store may be older than Kafka's position (restored from a backup), then its new events would
 * be passed over for ever, and the noted position stands too. An event may then come again, with the same `ce_id`.
 */
export async function startPosition(
  kafka: number | null,
  store: Pick<Store, 'outboxState' | 'notedPosition'>,
  log: RelayLog,
): Promise<number> {
  const noted = await store.notedPosition()
  if (kafka === null || kafka < noted) {
    if (noted > 0) log.warn({ kafka, noted }, 'Kafka has forgotten the position; going on from the noted one')
    return noted
  }
  const { lastSeq } = await store.outboxState(kafka)
  if (kafka <= lastSeq || kafka === noted) return kafka
  log.error({ kafka, noted, lastSeq }, 'the store is older than the position in Kafka; going on from the noted one')
  return noted
}
