import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { endsWithUs } from './ends-with-us.ts'
import { freePort } from './free-port.ts'
import { java, kafkaJars, SHORT_LIVED } from './kafka-jars.ts'

/** A real Apache Kafka broker. The last two are null where somebody else runs it (KAFKA_BROKERS). */
export interface RunningKafka {
  /** `127.0.0.1:41234`, comma-separated where there are several. */
  readonly brokers: string
  /** Orderly stop; a broker that was started here also loses its data. */
  readonly stop: () => Promise<void>
  /** Ends the broker's process at once, as a power cut would, and resolves when it is gone. */
  readonly kill9: (() => Promise<void>) | null
  /** Starts it again on the same port with the same data, and resolves when it answers. */
  readonly restart: (() => Promise<void>) | null
}

const READY_MS_MAX = 60_000

/** Starts a single KRaft broker on free ports of 127.0.0.1, or takes KAFKA_BROKERS. Throws why there is none. About 5 s. */
export async function startKafka(): Promise<RunningKafka> {
  const given = process.env['KAFKA_BROKERS']
  if (given !== undefined && given !== '') return { brokers: given, stop: async () => {}, kill9: null, restart: null }
  const jars = kafkaJars()
  const folder = mkdtempSync(join(tmpdir(), 'gateway-kafka-'))
  const brokers = `127.0.0.1:${await freePort()}`
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const properties = join(folder, 'server.properties')
  writeFileSync(properties, serverProperties(folder, brokers, await freePort()))
  format(jars, properties)
  let broker = await runBroker({ jars, folder, properties, brokers })
  return {
    brokers,
    stop: async () => {
      await ended(broker, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
    kill9: () => ended(broker, 'SIGKILL'),
    restart: async () => {
      broker = await runBroker({ jars, folder, properties, brokers })
    },
  }
}

/** One broker is its own quorum, so every replication factor is 1. Topics are made by the gateway, never by a typing error. */
function serverProperties(folder: string, brokers: string, controllerPort: number): string {
  return `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://${brokers},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://${brokers}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(folder, 'data')}
num.partitions=3
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=3
group.initial.rebalance.delay.ms=0
controlled.shutdown.enable=false
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=500
`
}

function format(jars: string, properties: string): void {
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')
  // One id in 64 starts with a dash: given apart, it would be taken for an option.
  const options = [`--cluster-id=${id}`, '--config', properties]
  const run = spawnSync(java, [...SHORT_LIVED, '-cp', `${jars}/*`, 'kafka.tools.StorageTool', 'format', ...options])
  if (run.status !== 0) throw new Error(`Kafka's storage could not be formatted: ${run.stderr}${run.stdout}`)
}

async function runBroker(broker: {
  jars: string
  folder: string
  properties: string
  brokers: string
}): Promise<ChildProcess> {
  const logFile = join(broker.folder, 'broker.log')
  const log = openSync(logFile, 'a')
  // Compiled as in production: the relay is measured against it.
  const flags = ['-XX:+UseSerialGC', '-Xms256m', '-Xmx512m', '-cp', `${broker.jars}/*`]
  const child = spawn(java, [...flags, 'kafka.Kafka', broker.properties], { stdio: ['ignore', log, log] })
  closeSync(log)
  endsWithUs(child, broker.folder)
  for (const until = Date.now() + READY_MS_MAX; Date.now() < until; await sleep(100)) {
    if (hasEnded(child)) throw new Error(`Kafka ended while starting: ${readFileSync(logFile, 'utf8').slice(-2000)}`)
    if (await answers(broker.brokers)) return child
  }
  await ended(child, 'SIGKILL')
  throw new Error(`Kafka did not answer within ${READY_MS_MAX} ms: ${readFileSync(logFile, 'utf8').slice(-2000)}`)
}

async function answers(brokers: string): Promise<boolean> {
  const admin = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    retry: { retries: 0 },
  }).admin()
  try {
    await admin.connect()
    return (await admin.describeCluster()).brokers.length > 0
  } catch {
    return false
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const slow = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await gone
  clearTimeout(slow)
}
