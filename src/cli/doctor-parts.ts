import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { type Condition, conditions, createHealth, diskHealth, type Health } from '../http/health.ts'
import { createClient } from '../kafka/client.ts'
import { codeOf } from '../kafka/failure.ts'
import { relayName } from '../kafka/publisher.ts'
import { withAdmin } from '../kafka/topics.ts'
import { kafkaSettings } from '../kafka-settings.ts'
import { createClock, thisMachine } from '../machine.ts'
import { openOutboxAlone, openStore } from '../open-store.ts'
import { type Finding, fail } from './finding.ts'

/** What `/readyz` answers. */
const Readiness = z.object({
  components: z.array(z.object({ name: z.string(), status: z.enum(conditions), reason: z.string() })),
})

const LEVELS: Readonly<Record<Condition, Finding['level']>> = { ok: 'ok', degraded: 'warn', failing: 'fail' }

/** What each part may need of the operator when it is not well. */
const ADVICE: Readonly<Record<string, string>> = {
  store: 'look at DATA_DIR (its rights, its disk, another gateway on it), or at the database of STORE_URL',
  disk: 'free space where DATA_DIR is',
  registry: 'npm run -s gateway -- registry import FILE',
  outbox: 'look at Kafka; nothing is lost meanwhile',
  kafka:
    'look at KAFKA_BROKERS, at the brokers, and at what KAFKA_USERNAME may do there with the topics, and with the group and ' +
    `the transactional id ${relayName('…')}; nothing is lost meanwhile`,
}

const ANSWER_MS_MAX = 5_000

/** How the parts of the running gateway are, by its own word; or why it has none. */
export async function runningFindings(url: string): Promise<readonly Finding[] | Finding> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(() => null)
  if (response === null) {
    const advice = 'start it (npm start), or set HOST and PORT as it has them; then channels can be tried'
    return fail('gateway', `nobody answers at ${url}: ${advice}`)
  }
  const read = Readiness.safeParse(await response.json().catch(() => null))
  if (!read.success) return fail('gateway', `something else answers at ${url}: change PORT`)
  return read.data.components.map(partFinding)
}

/** How the parts are while the gateway doesn't run: they are opened here for a moment. A store is the gateway's to make. */
export async function stoppedFindings(config: Config): Promise<readonly Finding[]> {
  try {
    await (await openOutboxAlone(config.STORE_URL, resolve(config.DATA_DIR))).close()
    return (await healthOf(config)).components.filter(({ name }) => name !== 'kafka').map(partFinding)
  } catch (error) {
    // Nothing of a customer was read yet: here the message may be said.
    const reason = error instanceof Error ? error.message : 'unknown'
    return [fail('store', `cannot be opened (${reason}): ${ADVICE['store']}`), ...(await diskFindings(config))]
  }
}

/** A store that cannot be opened may have its reason there. */
async function diskFindings(config: Config): Promise<readonly Finding[]> {
  if (!existsSync(config.DATA_DIR)) return []
  return [partFinding(await diskHealth({ freeBytes: () => freeBytes(config) }))]
}

function freeBytes({ DATA_DIR }: Config): Promise<number> {
  return thisMachine.freeBytes(resolve(DATA_DIR))
}

async function healthOf(config: Config): Promise<Health> {
  const now = createClock(config.CLOCK, thisMachine.wallMs)
  const store = await openStore(config, { machine: thisMachine, now })
  try {
    const { monotonicMs } = thisMachine
    return await createHealth({ store, relay: null, freeBytes: () => freeBytes(config), now, monotonicMs })()
  } finally {
    await store.close()
  }
}

function partFinding({ name, status, reason }: { name: string; status: Condition; reason: string }): Finding {
  return { level: LEVELS[status], what: name, says: status === 'ok' ? reason : `${reason}: ${ADVICE[name] ?? ''}` }
}

/** Whether the brokers answer under these settings, tried from here; topics are named that are missing. */
export async function kafkaFindings(config: Config): Promise<readonly Finding[]> {
  const settings = kafkaSettings(config)
  if (settings === null) return [{ level: 'ok', what: 'brokers', says: 'none configured; events wait in the outbox' }]
  try {
    const topics = await withAdmin(createClient(settings, 'meter-reading-gateway-doctor', silent), (admin) =>
      admin.listTopics(),
    )
    const missing = Object.values(settings.topics).filter((topic) => !topics.includes(topic))
    const says = missing.length === 0 ? 'answer, topics are there' : `answer; the relay will make ${missing.join(', ')}`
    return [{ level: 'ok', what: 'brokers', says }]
  } catch (error) {
    return [fail('brokers', `do not answer (${codeOf(error)}): ${ADVICE['kafka']}`)]
  }
}

const nothing = (): void => undefined
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }
