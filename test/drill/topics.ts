import { consumed } from '../kafka/arrivals.ts'
import { compare, type Ledger } from './ledger.ts'
import type { Sent } from './load.ts'

/** Topics of one drill's own, as the gateway is told of them. */
export interface DrillTopics {
  readonly env: Readonly<Record<string, string>>
  /** The messages against everything on both, read by Kafka's own consumer. */
  compare(sent: readonly Sent[]): Promise<Ledger>
}

export function drillTopics(brokers: string, name: string): DrillTopics {
  const [readings, rejected] = [`${name}-readings`, `${name}-rejected`]
  return {
    env: { KAFKA_BROKERS: brokers, KAFKA_TOPIC_READINGS: readings, KAFKA_TOPIC_REJECTED: rejected },
    async compare(sent) {
      return compare(sent, await consumed(brokers, { readings, rejected }))
    },
  }
}
