// What a message costs in PostgreSQL: `node test/bench/postgres-store.ts [MESSAGES] [STORE_URL]`; without an address it starts
// a server of its own. Wall time a batch, and messages a second, one gateway writing batch after batch, then two.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Account } from '../../src/core/facts.ts'
import type { Store } from '../../src/core/store.ts'
import { postgresRegistryTarget } from '../../src/store/postgres/registry-target.ts'
import { openPostgresStore } from '../../src/store/postgres/store.ts'
import { startPostgres } from '../real/postgres.ts'
import { accepted, lookupOf, sampleAccount, sampleDelivery } from '../store/fixtures.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const messages = Number(positionals[0] ?? 20_000)
const accounts = Array.from({ length: 50_000 }, (_, n) => sampleAccount(n))
const now = () => '2026-11-22T03:00:00.000Z'

/** One message for each of some accounts, drawn at random. */
function drawn(size: number) {
  return Array.from({ length: size }, () => {
    const account = accounts[Math.floor(Math.random() * accounts.length)] ?? sampleAccount(0)
    const { phone } = account
    const delivery = sampleDelivery(`SM${randomBytes(16).toString('hex')}`, { sender: phone, phone })
    return { delivery, decision: accepted(account, delivery), account }
  })
}

async function writeBatch(store: Store, batch: ReturnType<typeof drawn>): Promise<number> {
  const lookups = batch.map(({ delivery, account }) => lookupOf(delivery, { accounts: [account.account, '56311'] }))
  const began = performance.now()
  await store.transact(lookups, (facts) => {
    for (const { delivery, decision, account } of batch) {
      if (facts.byAccount(account.account).length !== 1) throw new Error('the registry does not know the account')
      facts.answered(delivery.channel, delivery.deliveryId)
      facts.apply(decision)
    }
    return batch.map(({ decision }) => decision)
  })
  return performance.now() - began
}

async function run(stores: readonly Store[], size: number) {
  const waits: number[] = []
  const batches = Array.from({ length: Math.ceil(messages / size) }, () => drawn(size))
  const cpu = process.cpuUsage()
  const began = performance.now()
  await Promise.all(
    stores.map(async (store) => {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
        waits.push(await writeBatch(store, batch))
      }
    }),
  )
  const elapsedMs = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  const count = waits.length * size
  waits.sort((one, other) => one - other)
  return {
    gateways: stores.length,
    batch: size,
    messagesPerSecond: Math.round((count * 1_000) / elapsedMs),
    microsPerMessage: ((elapsedMs * 1_000) / count).toFixed(1),
    cpuMicrosPerMessage: ((user + system) / count).toFixed(1),
    batchMsBest: waits[0]?.toFixed(2),
    batchMsMedian: waits[waits.length >> 1]?.toFixed(2),
    batchMsP99: waits[Math.floor(waits.length * 0.99)]?.toFixed(2),
  }
}

async function fill(url: string, from: readonly Account[]): Promise<void> {
  const target = await postgresRegistryTarget(url)
  await target.lock()
  const writer = await target.write()
  for (const account of from) await writer.add(account)
  await writer.finish({ digest: 'bench', importedAt: now() })
  await target.close()
}

const own = positionals[1] === undefined ? await startPostgres() : null
const url = positionals[1] ?? own?.url ?? ''
try {
  await fill(url, accounts)
  const open = () => openPostgresStore({ url, now, monotonicMs: () => performance.now() })
  const [one, other] = [await open(), await open()]
  await run([one], 50)
  const figures = [await run([one], 50), await run([one], 50), await run([one], 256), await run([one, other], 50)]
  console.table(figures)
  await Promise.all([one.close(), other.close()])
} finally {
  await own?.stop()
}
