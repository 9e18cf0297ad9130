import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Kafka, logLevel } from 'kafkajs'
import { endsWithUs } from './ends-with-us.ts'
import { java, kafkaJars, SHORT_LIVED } from './kafka-jars.ts'

/** A record as Kafka's own console consumer prints it. */
export interface ConsumedRecord {
  readonly partition: number
  readonly offset: number
  readonly headers: Readonly<Record<string, string>>
  readonly key: string
  readonly value: string
}

/** The records of both topics of a gateway, each in the order of its partitions. */
export interface ConsumedTopics {
  readonly readings: readonly ConsumedRecord[]
  readonly rejected: readonly ConsumedRecord[]
}

/** Control characters, which stand in no header, key or JSON text. */
const FIELD = '\u001f'
const HEADER = '\u001e'

/** Stands behind everything in a partition, with an id of its own; nobody else writes such a header. */
const END = 'end-of-reading'

/**
 * Reads what stands on a topic now with Apache Kafka's own console consumer, `read_committed`, from its beginning up to marks
 * that are written behind it, one a partition. Independent of the gateway; of its Kafka client only the marks are made.
 * Throws where the topic is missing, or the consumer ends before it has come to them.
 */
export async function consoleConsumer(brokers: string, topic: string): Promise<ConsumedRecord[]> {
  const end = randomUUID()
  let ends = await markEnds(brokers, topic, end)
  const flags = [...SHORT_LIVED, '-Xmx256m', '-cp', `${kafkaJars()}/*`]
  const where = ['--bootstrap-server', brokers, '--topic', topic, '--from-beginning']
  const shown = ['print.partition', 'print.offset', 'print.headers', 'print.key'].map((name) => `${name}=true`)
  const printing = [...shown, `key.separator=${FIELD}`, `headers.separator=${HEADER}`]
  const options = [...where, '--isolation-level', 'read_committed', ...printing.flatMap((one) => ['--property', one])]
  const child = spawn(java, [...flags, 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...options])
  endsWithUs(child)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const records: ConsumedRecord[] = []
  try {
    for await (const line of createInterface(child.stdout)) {
      const record = parseLine(line)
      if (record.headers[END] === undefined) records.push(record)
      else if (record.headers[END] === end) ends--
      if (ends === 0) break
    }
  } finally {
    child.kill('SIGKILL')
  }
  if (ends > 0) throw new Error(`the console consumer ended early: ${errors}`)
  return records
}

/** Writes a mark to the end of each partition; returns how many. */
async function markEnds(brokers: string, topic: string, end: string): Promise<number> {
  const kafka = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 10, retries: 20 },
  })
  const [admin, producer] = [kafka.admin(), kafka.producer({ allowAutoTopicCreation: false })]
  try {
    await Promise.all([admin.connect(), producer.connect()])
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    const partitions = topics.flatMap((one) => one.partitions)
    const messages = partitions.map(({ partitionId }) => ({
      partition: partitionId,
      key: END,
      value: '',
      headers: { [END]: end },
    }))
    await producer.send({ topic, acks: -1, messages })
    return messages.length
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  }
}

function parseLine(line: string): ConsumedRecord {
  const [partition = '', offset = '', headers = '', key = '', value = '', ...rest] = line.split(FIELD)
  if (rest.length > 0) throw new Error('a record holds the separator')
  return {
    partition: Number(partition.replace('Partition:', '')),
    offset: Number(offset.replace('Offset:', '')),
    headers: parseHeaders(headers.replace('Headers:', '')),
    key,
    value,
  }
}

function parseHeaders(text: string): Record<string, string> {
  if (text === 'NO_HEADERS') return {}
  return Object.fromEntries(
    text.split(HEADER).map((header) => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1)]),
  )
}
