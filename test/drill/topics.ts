import { type ConsumedRecord, consoleConsumer } from '../real/console-consumer.ts'
import { compare, type Ledger } from './ledger.ts'
import type { Sent } from './load.ts'

/** Topics of one drill's own, as the gateway is told of them. */
export interface DrillTopics {
  readonly env: Readonly<Record<string, string>>
  /** The messages against everything on both, read by Kafka's own consumer until nothing came for some seconds. */
  compare(sent: readonly Sent[]): Promise<Ledger>
}

const SILENT_MS = 4_000

export function drillTopics(brokers: string, name: string): DrillTopics {
  const [readings, rejected] = [`${name}-readings`, `${name}-rejected`]
  return {
    env: { KAFKA_BROKERS: brokers, KAFKA_TOPIC_READINGS: readings, KAFKA_TOPIC_REJECTED: rejected },
    async compare(sent) {
      const answered = sent.filter(({ said }) => said !== null).length
      const read = (topic: string, atLeast: number): Promise<ConsumedRecord[]> =>
        consoleConsumer(brokers, topic, { atLeast, timeoutMs: SILENT_MS })
      const [onReadings, onRejected] = await Promise.all([read(readings, answered), read(rejected, 0)])
      return compare(sent, { readings: onReadings, rejected: onRejected })
    },
  }
}
