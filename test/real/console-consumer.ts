import { spawn } from 'node:child_process'
import { java, kafkaJars } from './kafka-jars.ts'

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

/** On a busy machine Kafka's consumer may need longer than its patience to find its first record. */
const TIMES_MORE_PATIENT = 10

/**
 * Reads a topic from its beginning with Apache Kafka's own console consumer, `read_committed`, until nothing came for
 * `timeoutMs`; where that was fewer than `atLeast`, once more and with more patience. Independent of the gateway and of its
 * Kafka client. Throws where the consumer fails.
 */
export async function consoleConsumer(
  brokers: string,
  topic: string,
  { atLeast, timeoutMs }: { readonly atLeast: number; readonly timeoutMs: number },
): Promise<ConsumedRecord[]> {
  const records = await read(brokers, topic, timeoutMs)
  return records.length < atLeast ? read(brokers, topic, timeoutMs * TIMES_MORE_PATIENT) : records
}

async function read(brokers: string, topic: string, timeoutMs: number): Promise<ConsumedRecord[]> {
  const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${kafkaJars()}/*`]
  const where = ['--bootstrap-server', brokers, '--topic', topic, '--from-beginning', '--timeout-ms', String(timeoutMs)]
  const shown = ['print.partition', 'print.offset', 'print.headers', 'print.key'].map((name) => `${name}=true`)
  const printing = [...shown, `key.separator=${FIELD}`, `headers.separator=${HEADER}`]
  const options = [...where, '--isolation-level', 'read_committed', ...printing.flatMap((one) => ['--property', one])]
  const child = spawn(java, [...flags, 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...options])
  let printed = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0 || !errors.includes('Processed a total of'))
    throw new Error(`the console consumer failed: ${errors}`)
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine)
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
