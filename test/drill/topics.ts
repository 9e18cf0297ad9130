import { type ConsumedRecord, consoleConsumer } from '../real/console-consumer.ts'

/** Topics of one drill's own, as the gateway is told of them. */
export interface DrillTopics {
  readonly env: Readonly<Record<string, string>>
  /** Everything on both, read by Kafka's own consumer until nothing came for some seconds. */
  consume(): Promise<{ readonly readings: readonly ConsumedRecord[]; readonly rejected: readonly ConsumedRecord[] }>
}

const SILENT_MS = 4_000

export function drillTopics(brokers: string, name: string): DrillTopics {
  const [readings, rejected] = [`${name}-readings`, `${name}-rejected`]
  return {
    env: { KAFKA_BROKERS: brokers, KAFKA_TOPIC_READINGS: readings, KAFKA_TOPIC_REJECTED: rejected },
    async consume() {
      const read = (topic: string) => consoleConsumer(brokers, topic, { timeoutMs: SILENT_MS })
      const [onReadings, onRejected] = await Promise.all([read(readings), read(rejected)])
      return { readings: onReadings, rejected: onRejected }
    },
  }
}
