import type { Config } from './config.ts'
import type { KafkaSettings } from './kafka/settings.ts'

/** What the configuration says of Kafka; null: there is none, and events wait in the outbox. */
export function kafkaSettings(config: Config): KafkaSettings | null {
  if (config.KAFKA_BROKERS.length === 0) return null
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username = '', KAFKA_PASSWORD: password = '' } = config
  return {
    brokers: config.KAFKA_BROKERS,
    ssl: config.KAFKA_SSL,
    sasl: mechanism === undefined ? null : { mechanism, username, password },
    topics: { readings: config.KAFKA_TOPIC_READINGS, rejected: config.KAFKA_TOPIC_REJECTED },
  }
}
