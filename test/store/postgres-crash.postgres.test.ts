import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fromTwilio } from '../channels/providers.ts'
import { startMain } from '../e2e/child.ts'
import { publicUrl, twilioToken } from '../http/house.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { sampleAccount } from './fixtures.ts'
import { fillRegistry, openStoreAt } from './postgres-house.ts'

const accounts = Array.from({ length: 20 }, (_, n) => sampleAccount(n))
const ids = Array.from({ length: 1_000 }, (_, n) => `SM${n}`)

/** Sends a message to that gateway; null: it did not answer 200. */
async function send(gateway: string, id: string): Promise<string | null> {
  const account = accounts[Number(id.slice(2)) % accounts.length]?.account ?? ''
  const { url, headers, body } = fromTwilio(id, `${account} ${56_000 + Number(id.slice(2))}`, { From: '+79990000000' })
  const path = gateway + url
  const response = await fetch(path, { method: 'POST', headers, body }).catch(() => null)
  const text = await response?.text().catch(() => null)
  if (response?.status !== 200 || text == null) return null
  return `${response.headers.get('x-reading-outcome')} ${text}`
}

describeWithPostgres('two gateway processes on one database', (freshDatabase) => {
  test('one is killed under load: what it answered stands, word for word, and each message makes one event', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, accounts)
    const dir = mkdtempSync(join(tmpdir(), 'gateway-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const start = async () => {
      const gateway = await startMain({
        STORE_URL: url,
        DATA_DIR: dir,
        TWILIO_AUTH_TOKEN: twilioToken,
        PUBLIC_URL: publicUrl,
        CLOCK: '2026-11-22T03:00:00Z',
        LOG_LEVEL: 'info',
      })
      onTestFinished(() => gateway.kill('SIGKILL'))
      return gateway
    }
    const [first, second] = await Promise.all([start(), start()])
    const said = new Map<string, string>()
    const workers = Array.from({ length: 16 }, async (_, worker) => {
      for (let n = worker; n < ids.length; n += 16) {
        const id = ids[n] ?? ''
        const answer = await send(worker % 2 === 0 ? first.url : second.url, id)
        if (answer !== null) said.set(id, answer)
        if (said.size === 400) first.kill('SIGKILL')
      }
    })
    await Promise.all(workers)
    await first.ended
    expect(said.size).toBeLessThan(ids.length)
    const again = new Map<string, string | null>()
    for (let at = 0; at < ids.length; at += 20) {
      const some = ids.slice(at, at + 20)
      const answers = await Promise.all(some.map((id) => send(second.url, id)))
      for (const [n, id] of some.entries()) again.set(id, answers[n] ?? null)
    }
    expect([...again].filter(([, answer]) => answer === null)).toEqual([])
    for (const [id, answer] of said) expect(again.get(id)).toBe(answer)
    const events = await (await openStoreAt(url)).outboxAfter(0, 10_000)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1))
    expect(new Set(events.map(({ headers }) => headers['ce_id'])).size).toBe(events.length)
    const accepted = [...again.values()].filter((answer) => answer?.startsWith('accepted'))
    expect(accepted.length).toBeGreaterThan(100)
    expect(events.filter(({ topic }) => topic === 'readings')).toHaveLength(accepted.length)
    second.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
})
