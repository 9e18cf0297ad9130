import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import '../../src/kafka/client.ts'
import { publishError } from '../../src/kafka/failure.ts'

interface Queue {
  readonly throttleCheckTimeoutId: object | null
  checkPendingRequests(): void
  destroy(): void
}
type Queues = new (options: object) => Queue
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as Queues

test('after an answer kafkajs starts no timer of a negative time, of which Node would warn the operator', () => {
  const queue = new RequestQueue({ maxInFlightRequests: null, logger: { debug: () => undefined } })
  queue.checkPendingRequests()
  expect(queue.throttleCheckTimeoutId).toBeNull()
  queue.destroy()
})

type Work = (one: object) => Promise<unknown>
type Cluster = { prototype: { findGroupCoordinatorMetadata(this: object, asked: object): Promise<unknown> } }
const { prototype } = createRequire(import.meta.url)('kafkajs/src/cluster/index.js') as Cluster

/** A cluster of brokers that all answer so; like kafkajs's own it asks one after the other, and forgets what they said. */
function clusterOf(answer: () => Promise<unknown>) {
  const ask = async (work: Work) => work({ broker: { findGroupCoordinator: answer } }).catch(() => null)
  const bail = (error: unknown): never => {
    throw error
  }
  return {
    brokerPool: { withBroker: ask },
    retrier: (work: (bail: (error: unknown) => never) => unknown) => work(bail),
    logger: { debug: () => undefined },
  }
}

test.each([
  ['refused', { type: 'GROUP_AUTHORIZATION_FAILED' }, 'GROUP_AUTHORIZATION_FAILED'],
  ['refused', { type: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' }, 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'],
  ['away', { code: 'ECONNREFUSED' }, 'KafkaJSGroupCoordinatorNotFound'],
])('where no broker leads to the coordinator, Kafka is %s: %o', async (failure, fields, code) => {
  const cluster = clusterOf(() => Promise.reject(Object.assign(new Error('no'), fields)))
  const finding = prototype.findGroupCoordinatorMetadata.call(cluster, { groupId: 'group' })
  expect(publishError(await finding.catch((error: unknown) => error))).toMatchObject({ failure, code })
})

test('a coordinator that is found is given back', async () => {
  const found = { host: 'one', coordinator: { nodeId: 1 } }
  const cluster = clusterOf(async () => found)
  expect(await prototype.findGroupCoordinatorMetadata.call(cluster, { groupId: 'group' })).toBe(found)
})
