// What a message costs in the embedded store: `node test/bench/store.ts [BATCH] [MESSAGES] [SEEDED] [TALKING]`; processor time, µs.
// TALKING 1: each message also leaves a conversation behind.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Decision } from '../../src/core/store.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { accepted, lookupOf, memoryRegistry, sampleAccount, sampleDelivery } from '../store/fixtures.ts'

const [batchSize = 40, messages = 20_000, seeded = 0, talking = 0] = process.argv.slice(2).map(Number)
const accounts = Array.from({ length: 50_000 }, (_, n) => sampleAccount(n))
const dir = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
const now = () => '2026-11-22T03:00:00.000Z'
const open = () => openSqliteStore({ dir, registry: memoryRegistry(accounts), now, newId: () => randomUUID() })
let store = open()

function drawn(): { delivery: Delivery; decision: Decision } {
  const account = accounts[Math.floor(Math.random() * accounts.length)] ?? sampleAccount(0)
  const id = randomBytes(16).toString('hex')
  const delivery = sampleDelivery(`SM${id}`, { sender: account.phone, phone: account.phone })
  const state = JSON.stringify({ open: null, account: account.account, meter: account.meters[0]?.meter, at: now() })
  const conversation = { state, accounts: [account.account], expiresAt: '2026-11-22T03:30:00.000Z' }
  return { delivery, decision: accepted(account, delivery, talking ? { conversation } : {}) }
}

async function run(count: number, size: number) {
  const batches = Array.from({ length: Math.ceil(count / size) }, () => Array.from({ length: size }, drawn))
  global.gc?.()
  const waits: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (const batch of batches) {
    const began = performance.now()
    const lookups = batch.map(({ delivery, decision }) =>
      lookupOf(delivery, { accounts: [decision.readings[0]?.account ?? '', '56311'] }),
    )
    await store.transact(lookups, (facts) => {
      for (const { delivery, decision } of batch) {
        facts.answered(delivery.channel, delivery.deliveryId)
        facts.apply(decision)
      }
      return batch.map(({ decision }) => decision)
    })
    waits.push(performance.now() - began)
  }
  const { user, system } = process.cpuUsage(cpu)
  waits.sort((a, b) => a - b)
  const done = batches.length * size
  return {
    messages: done,
    cpuMicros: ((user + system) / done).toFixed(1),
    systemMicros: (system / done).toFixed(1),
    wallMicros: (((performance.now() - start) * 1000) / done).toFixed(1),
    batchMsMedian: waits[waits.length >> 1]?.toFixed(2),
    batchMsP99: waits[Math.floor(waits.length * 0.99)]?.toFixed(2),
    batchMsMax: waits.at(-1)?.toFixed(2),
  }
}

/** Sums up the time in every statement from now on, by its first words. */
function timeStatements(): Map<string, number> {
  const sums = new Map<string, number>()
  const timed = (name: string, work: () => unknown): unknown => {
    const began = performance.now()
    const result = work()
    sums.set(name, (sums.get(name) ?? 0) + (performance.now() - began) * 1_000)
    return result
  }
  const { prepare, exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (sql) {
    timed(sql, () => exec.call(this, sql))
  }
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    const statement = prepare.call(this, sql, ...rest)
    const name = sql.replace(/\s+/g, ' ').trim().slice(0, 60)
    for (const verb of ['run', 'all', 'get'] as const) {
      const own = statement[verb].bind(statement) as (...keys: never[]) => unknown
      Object.defineProperty(statement, verb, { value: (...keys: never[]) => timed(name, () => own(...keys)) })
    }
    return statement
  }
  return sums
}

try {
  for (let left = seeded; left > 0; left -= 50_000) await run(Math.min(left, 50_000), 1_000)
  await run(5_000, batchSize)
  console.table([await run(messages, batchSize), await run(messages, batchSize), await run(messages, batchSize)])
  await store.close()
  const micros = timeStatements()
  store = open()
  micros.clear()
  const { messages: count } = await run(messages, batchSize)
  console.table([...micros].map(([statement, sum]) => ({ statement, wallMicrosPerMessage: (sum / count).toFixed(2) })))
  console.log(`store: ${(statSync(join(dir, 'gateway.sqlite')).size / 2 ** 20).toFixed(0)} MiB`)
} finally {
  await store.close()
  rmSync(dir, { recursive: true })
}
