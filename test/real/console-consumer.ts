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

/** Control characters, which stand in no header, key or JSON text. */
const FIELD = '\u001f'
const HEADER = '\u001e'

/**
 * Reads a topic from its beginning with Apache Kafka's own console consumer, `read_committed`, until `maxMessages` came or
 * none for `timeoutMs`. Independent of the gateway and of its Kafka client. Throws where the consumer fails.
 */
export async function consoleConsumer(
  brokers: string,
  topic: string,
  { maxMessages, timeoutMs }: { readonly maxMessages?: number; readonly timeoutMs: number },
): Promise<ConsumedRecord[]> {
  const jars = kafkaJars()
  const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${jars}/*`]
  const child = spawn(java, [...flags, 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...options()])
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

  function options(): string[] {
    const asked = [
      '--bootstrap-server',
      brokers,
      '--topic',
      topic,
      '--from-beginning',
      '--timeout-ms',
      String(timeoutMs),
    ]
    const most = maxMessages === undefined ? [] : ['--max-messages', String(maxMessages)]
    const shown = ['print.partition', 'print.offset', 'print.headers', 'print.key'].map((name) => `${name}=true`)
    const printing = [...shown, `key.separator=${FIELD}`, `headers.separator=${HEADER}`]
    return [...asked, ...most, '--isolation-level', 'read_committed', ...printing.flatMap((one) => ['--property', one])]
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
