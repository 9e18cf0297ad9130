import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registryImport } from '../../src/cli/registry-import.ts'
import { readSqliteOutbox } from '../../src/store/sqlite/outbox.ts'
import { fromTwilio } from '../channels/providers.ts'
import { publicUrl, twilioToken } from '../http/house.ts'
import { describeWithKafka } from '../real/with-kafka.ts'
import { beginMain, type ChildEnv, runMain, startMain } from './child.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gateway-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const env = (): ChildEnv => ({
  DATA_DIR: dir,
  TWILIO_AUTH_TOKEN: twilioToken,
  PUBLIC_URL: publicUrl,
  CLOCK: '2026-11-22T03:00:00Z',
})

/** A connection with half a request on it. */
async function holdOpen(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.on('connect', resolve))
  const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n'
  socket.write(`POST /channels/sms/twilio HTTP/1.1\r\nHost: x\r\n${form}`)
  // The gateway is in the middle of the request once it asks for the body.
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('half')
  return socket
}

/** Posts a message until told to stop; answers which ids were answered 200. */
async function load(url: string, worker: number, stopped: () => boolean): Promise<string[]> {
  const answered: string[] = []
  for (let number = 0; !stopped(); number += 1) {
    const id = `SM-${worker}-${number}`
    const {
      url: path,
      headers,
      body,
    } = fromTwilio(id, '0000000000 1', { From: `+7999${1_000_000 + worker * 10_000 + number}` })
    const response = await fetch(url + path, { method: 'POST', headers, body }).catch(() => null)
    if (response === null) break
    const outcome = response.headers.get('x-reading-outcome')
    await response.text().catch(() => '')
    if (outcome === 'rejected;code=ACCOUNT_UNKNOWN') answered.push(id)
    else if (response.status !== 200) expect(response.status).toBe(503)
  }
  return answered
}

test.each([
  [{ PORT: 'http', CLOCK: 'noon', KAFKA_BROKERS: 'nowhere' }],
  [
    {
      NODE_ENV: 'production',
      CLOCK: '2026-11-22T03:00:00Z',
      PUBLIC_URL: 'http://readings.example.ru',
      TWILIO_AUTH_TOKEN: 'short',
    },
  ],
])('a start under a bad configuration (%o) ends with 2 and names every variable', async (bad) => {
  const { status, stderr } = await runMain({ DATA_DIR: dir, ...bad })
  const wrong = Object.keys(bad).filter((name) => name !== 'NODE_ENV')
  expect([status, stderr.map((line) => line.split(' ')[0]).sort()]).toEqual([2, wrong.sort()])
  for (const value of ['short', 'nowhere']) expect(stderr.join('\n')).not.toContain(value)
})

test('a start on a folder that cannot be made ends with a sentence', async () => {
  const { status, stderr } = await runMain({ ...env(), DATA_DIR: '/proc/none' })
  expect(status).toBe(1)
  expect(stderr.join('\n')).toContain('the gateway does not start: DATA_DIR must be a folder')
})

test('a second gateway on the same folder does not start, and the first goes on', async () => {
  const first = await startMain(env())
  const second = await runMain({ ...env(), PORT: '0' })
  expect(second.status).toBe(1)
  expect((await fetch(`${first.url}/livez`)).status).toBe(200)
  first.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(first.stdout.map((line) => JSON.parse(line).msg).slice(-2)).toEqual([
    'the gateway stops',
    'the gateway has stopped',
  ])
})

test('a place that is taken stops the start, and both variables are named, in the log too', async () => {
  const first = await startMain(env())
  const { port } = new URL(first.url)
  const { status, stdout, stderr } = await runMain({ ...env(), DATA_DIR: join(dir, 'other'), PORT: port })
  const reason = `HOST and PORT must be a free address of this machine (listen EADDRINUSE: address already in use 127.0.0.1:${port})`
  expect([status, stderr]).toEqual([1, [`the gateway does not start: ${reason}`]])
  expect(stdout.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, msg: 'the gateway does not start', reason },
  ])
  first.kill('SIGTERM')
  expect(await first.ended).toBe(0)
})

test('a store that is spoilt stops the start, and it is said what is', async () => {
  writeFileSync(join(dir, 'gateway.sqlite'), 'no database at all')
  const { status, stderr } = await runMain({ ...env(), PORT: '0' })
  const advice = 'look at its rights and its disk, or put a backup back'
  expect([status, stderr]).toEqual([
    1,
    [`the gateway does not start: the store in DATA_DIR cannot be opened (file is not a database): ${advice}`],
  ])
})

test('a signal ends it while it starts, as the first process of a container too, where none does by itself', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const gateway = beginMain({ ...env(), PORT: '0', STORE_URL: `postgres://gateway@127.0.0.1:${port}/gateway` })
  const [socket] = (await once(silent, 'connection')) as [Socket]
  gateway.kill('SIGTERM')
  expect(await gateway.ended).toBe(0)
  socket.destroy()
  silent.close()
})

test('a second signal ends it at once', async () => {
  const gateway = await startMain(env())
  const socket = await holdOpen(gateway.url)
  gateway.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 500))
  gateway.kill('SIGINT')
  expect(await gateway.ended).toBe(1)
  socket.destroy()
})

describeWithKafka('SIGTERM under load', (brokers) => {
  test('it answers what it took, cuts who still sends, closes the relay, and ends with 0 within 10 s', async () => {
    const silent = { env: env(), stdout: () => undefined, stderr: () => undefined, cwd: process.cwd() }
    await registryImport(['test/fixtures/registry.csv'], silent)
    const topics = { KAFKA_TOPIC_READINGS: 'stop-readings', KAFKA_TOPIC_REJECTED: 'stop-rejected' }
    const gateway = await startMain({ ...env(), ...topics, KAFKA_BROKERS: brokers })
    const socket = await holdOpen(gateway.url)
    let stopped = false
    let begun = 0
    const isOver = () => {
      begun++
      return stopped
    }
    const workers = Array.from({ length: 20 }, (_, worker) => load(gateway.url, worker, isOver))
    while (begun < 200) await new Promise((resolve) => setTimeout(resolve, 50))
    const startedMs = performance.now()
    gateway.kill('SIGTERM')
    expect(await gateway.ended).toBe(0)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    stopped = true
    const answered = (await Promise.all(workers)).flat()
    expect(answered.length).toBeGreaterThan(100)
    const rows = await storedRows()
    expect(rows).toBe(answered.length)
    expect(gateway.stderr).toEqual([])
    expect(gateway.stdout.filter((line) => JSON.parse(line).level >= 50)).toEqual([])
    socket.destroy()
  })
})

/** How many events stand in the outbox of the stopped gateway. */
async function storedRows(): Promise<number> {
  const outbox = readSqliteOutbox(dir)
  try {
    return (await outbox.outboxAfter(0, 1_000_000)).length
  } finally {
    await outbox.close()
  }
}
