/** What the gateway is told of Kafka. */
export interface KafkaSettings {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[]
  readonly ssl: boolean
  readonly sasl: KafkaSasl | null
  /** Names of the topics. */
  readonly topics: { readonly readings: string; readonly rejected: string }
  /** Partitions of a topic that has to be made; 12 if left out. Changing it later would break the order of accounts. */
  readonly partitions?: number
}

/** How the gateway signs in to the brokers. */
export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  readonly password: string
}
