import { createRequire } from 'node:module'
import { codeOf } from './failure.ts'
import { encodeRecord } from './record.ts'

/**
 * Three repairs of kafkajs 2.2.4, its last version, made once when this file is imported:
 * its record encoder is replaced by ours (three times the events a second for the same processor time), its request
 * queue no longer starts a timer of −1,700,000,000,000 ms after each answer, of which Node warns on stderr, and where the
 * brokers refuse us the group or the transactional id, that is what it says, not that it finds no coordinator.
 * Should a later kafkajs have moved these files, nothing is repaired and everything still works.
 */
const require = createRequire(import.meta.url)

interface RequestQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
}

function found(file: string): { readonly id: string; exports: unknown } | null {
  try {
    const id = require.resolve(file)
    require(id)
    return require.cache[id] ?? null
  } catch {
    return null
  }
}

const record = found('kafkajs/src/protocol/recordBatch/record/v0/index.js')
if (record !== null) record.exports = encodeRecord

const queue = found('kafkajs/src/network/requestQueue/index.js')
if (queue !== null) {
  const prototype = (queue.exports as { prototype: RequestQueue }).prototype
  const schedule = prototype.scheduleCheckPendingRequests
  // Nothing waits: nothing to look after. Whoever enqueues a request schedules the look himself.
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this)
  }
}

interface Cluster {
  readonly brokerPool: { withBroker(work: (one: unknown) => Promise<unknown>): Promise<unknown> }
  findGroupCoordinatorMetadata(asked: object): Promise<unknown>
}

const cluster = found('kafkajs/src/cluster/index.js')
if (cluster !== null) {
  const prototype = (cluster.exports as { prototype: Cluster }).prototype
  const find = prototype.findGroupCoordinatorMetadata
  // It asks one broker after the other and forgets what each said.
  prototype.findGroupCoordinatorMetadata = async function (this: Cluster, asked: object): Promise<unknown> {
    let refusal: unknown
    const note = (error: unknown) => {
      if (/_AUTHORIZATION_FAILED$/.test(codeOf(error))) refusal = error
      throw error
    }
    const { brokerPool } = this
    const noting: Cluster['brokerPool'] = {
      withBroker: (work) => brokerPool.withBroker((one) => work(one).catch(note)),
    }
    try {
      return await find.call(Object.create(this, { brokerPool: { value: noting } }), asked)
    } catch (error) {
      throw refusal ?? error
    }
  }
}
