import { Kafka, type KafkaConfig, type LogEntry, logLevel, type SASLOptions } from 'kafkajs'
import './repairs.ts'
import type { Log } from '../core/log.ts'
import type { KafkaSettings } from './settings.ts'

/** A kafkajs client under these settings; nothing is connected yet. */
export function createClient(settings: KafkaSettings, clientId: string, log: Log): Kafka {
  const config: KafkaConfig = {
    clientId,
    brokers: [...settings.brokers],
    ssl: settings.ssl,
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    // A broker answers a transaction's requests within milliseconds; one that takes longer than this is gone.
    requestTimeout: 20_000,
    // Look-ups of brokers and coordinators are tried again here; all else is the relay's to try again, from scratch.
    retry: { initialRetryTime: 10, maxRetryTime: 200, retries: 8 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => relayed(entry, log),
    ...(settings.sasl !== null && { sasl: settings.sasl as SASLOptions }),
  }
  return new Kafka(config)
}

/**
 * kafkajs calls every answer an error that it will try again, so all of its lines are `debug` here: what matters of
 * them comes back as a failure and is logged by the relay. Of its fields only those pass that hold no message.
 */
function relayed({ namespace, label, log: entry }: LogEntry, log: Log): void {
  const { message, broker, error, retryCount } = entry
  log.debug({ part: namespace, level: label, broker, error, retryCount }, `kafkajs: ${message}`)
}
