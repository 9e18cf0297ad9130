import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { batchOf } from '../slip/batch.ts'
import { drilledGateway } from './gateway-process.ts'

/** What a batch costs, and what it costs those who send messages meanwhile. */
export interface SpeedCounts {
  readonly pages: number
  readonly pagesAMinute: number
  readonly residentMegabytesMax: number
  /** 99th percentile of a message's answer, ms: with nothing else to do, and while the batch is read. */
  readonly p99Idle: number
  readonly p99Busy: number
}

const MESSAGES_A_SECOND = 50
const TOKEN = 'only-for-this-drill'

/** Reads so many pages from the inbox while text messages come in. */
export async function slipsSpeedDrill({ pages, idleMs }: { pages: number; idleMs: number }): Promise<SpeedCounts> {
  const inbox = mkdtempSync(join(tmpdir(), 'slips-inbox-'))
  const batch = await batchOf(pages)
  const gateway = await drilledGateway({ SLIPS_INBOX: inbox, SMS_HTTP_TOKEN: TOKEN, SLIPS_REVIEW_FIRST: '0' })
  try {
    gateway.start()
    await gateway.ready()
    await messagesUntil(gateway.url, sleep(2_000))
    const idle = await messagesUntil(gateway.url, sleep(idleMs))
    mkdirSync(inbox, { recursive: true })
    writeFileSync(join(inbox, 'batch.pdf'), batch)
    const started = performance.now()
    let resident = 0
    const through = (async () => {
      while (!readdirSync(inbox).includes('done')) {
        await sleep(250)
        const bytes = (await gateway.metrics()).get('process_resident_memory_bytes') ?? 0
        resident = Math.max(resident, bytes)
      }
    })()
    const busy = await messagesUntil(gateway.url, through)
    const minutes = (performance.now() - started) / 60_000
    return {
      pages,
      pagesAMinute: Math.round(pages / minutes),
      residentMegabytesMax: Math.round(resident / 1e6),
      p99Idle: percentile99(idle),
      p99Busy: percentile99(busy),
    }
  } finally {
    await gateway.end()
    rmSync(inbox, { recursive: true, force: true })
  }
}

let sent = 0

/** Milliseconds that each answer took. */
async function messagesUntil(url: string, end: Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = []
  let ended = false
  const stop = end.then(() => {
    ended = true
  })
  const inFlight: Promise<void>[] = []
  while (!ended) {
    inFlight.push(send(url, took))
    await sleep(1_000 / MESSAGES_A_SECOND)
  }
  await Promise.all([...inFlight, stop])
  return took
}

async function send(url: string, took: number[]): Promise<void> {
  const message = { id: `speed-${sent++}`, from: `+7900${1_000_000 + sent}`, to: '+79990000001', text: 'здравствуйте' }
  const started = performance.now()
  const response = await fetch(`${url}/channels/sms/http`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  })
  await response.arrayBuffer()
  took.push(performance.now() - started)
}

function percentile99(took: readonly number[]): number {
  const sorted = took.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 10) / 10
}
