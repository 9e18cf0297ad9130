import { createRequire } from 'node:module'
import { encodeRecord } from './record.ts'

/**
 * Two repairs of kafkajs 2.2.4, its last version, made once when this file is imported:
 * its record encoder is replaced by ours (three times the events a second for the same processor time), and its request
 * queue no longer starts a timer of −1,700,000,000,000 ms after each answer, of which Node warns on stderr.
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
