import { setTimeout as sleep } from 'node:timers/promises'
import { readSqliteOutbox } from '../../src/store/sqlite/outbox.ts'
import { callFrom, type Hears, type Post } from '../channels/caller.ts'
import { type DrilledGateway, drilledGateway } from './gateway-process.ts'
import { type DrillMeter, drillMeters, readingOf } from './meters.ts'

export interface CallsDrill {
  /** Calls that are under way at the same time. */
  readonly calls: number
  /** How often the gateway is killed meanwhile, at equal distances. */
  readonly kills: number
}

export interface CallsCounts extends CallsDrill {
  /** Calls that came to their end with their reading accepted. */
  readonly finished: number
  /** Requests that were not answered, and brought again. */
  readonly again: number
  /** Answers that differ from the one that the same step got before the kill. */
  readonly differing: number
  readonly events: number
  /** Readings of finished calls that are no event, or other ones. */
  readonly missing: number
  /** Events beyond one a call. */
  readonly doubled: number
  readonly seconds: number
}

const NOBODY = '+70000000000'
/** A call has start, account, serial, one value or more, and the confirmation. */
const STEPS_MIN = 5
const GIVE_UP_MS = 120_000

/** That many people call at once; the gateway dies under them, and those who go on come to their end. */
export async function callsDrill(drill: CallsDrill): Promise<CallsCounts> {
  const began = performance.now()
  const gateway = await drilledGateway()
  const count = { answered: 0, again: 0, differing: 0 }
  try {
    gateway.start()
    await gateway.ready()
    const meters = drillMeters()
    const post = insistent(gateway, count)
    const calls = Array.from({ length: drill.calls }, (_, at) => {
      const meter = meters[at % meters.length] as DrillMeter
      return converse(post, { meter, at, reading: Math.floor(at / meters.length), count })
    })
    await killMeanwhile(drill, gateway, count)
    const ended = await Promise.all(calls)
    await gateway.stop()
    const compared = await compare(gateway.dir, ended)
    return { ...drill, again: count.again, differing: count.differing, ...compared, seconds: seconds(began) }
  } finally {
    await gateway.end()
  }
}

interface Count {
  answered: number
  again: number
  differing: number
}

/** Twilio asks again where it gets no answer; so does this, until there is one. */
function insistent({ url }: DrilledGateway, count: Count): Post {
  return async (raw) => {
    const until = performance.now() + GIVE_UP_MS
    for (;;) {
      const request = { method: 'POST', headers: raw.headers, body: raw.body }
      const response = await fetch(url + raw.url, request).catch(() => null)
      if (response?.status === 200) {
        count.answered += 1
        return response
      }
      await response?.body?.cancel()
      if (performance.now() > until) throw new Error(`no answer for ${GIVE_UP_MS} ms`)
      count.again += 1
      await sleep(50)
    }
  }
}

async function killMeanwhile({ calls, kills }: CallsDrill, gateway: DrilledGateway, count: Count): Promise<void> {
  for (let kill = 1; kill <= kills; kill += 1) {
    const due = Math.floor((calls * STEPS_MIN * kill) / (kills + 1))
    while (count.answered < due) await sleep(1)
    await gateway.kill9()
    gateway.start()
    await gateway.ready()
  }
}

interface Talk {
  readonly meter: DrillMeter
  readonly at: number
  readonly reading: number
  readonly count: Count
}

/** One call: by keys, every other one by word. Each step is brought a second time, as its answer might have been lost. */
async function converse(post: Post, { meter, at, reading, count }: Talk) {
  const call = callFrom(post, NOBODY, `CA${String(at).padStart(32, 'd')}`)
  const values = readingOf(meter, reading)
  let heard = await call.dial()
  let accepted = false
  while (heard.action !== null) {
    const { action } = heard
    const answer = answerTo(heard, meter, values)
    const fields: Record<string, string> = at % 2 === 0 ? { Digits: answer } : { SpeechResult: inWords(answer) }
    heard = at % 2 === 0 ? await call.keys(answer) : await call.speech(inWords(answer))
    const again = await call.request(action, fields)
    if (again.twiml !== heard.twiml) count.differing += 1
    accepted ||= heard.outcome.startsWith('accepted')
  }
  return { accepted, key: meter.key, values: JSON.stringify(values) }
}

function answerTo(
  { step, register }: Hears,
  { account, serial }: DrillMeter,
  values: Readonly<Record<string, string>>,
): string {
  if (step === 'account') return account.replace('/', '')
  if (step === 'serial') return serial.slice(-4)
  if (step === 'value') return values[register ?? ''] ?? ''
  // At the confirmation yes, and no to another meter.
  return step === 'confirm' ? '1' : '2'
}

const WORDS = ['ноль', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять']

function inWords(digits: string): string {
  return [...digits].map((digit) => WORDS[Number(digit)]).join(' ')
}

async function compare(dir: string, ended: readonly { accepted: boolean; key: string; values: string }[]) {
  const outbox = readSqliteOutbox(dir)
  const rows = await outbox.outboxAfter(0, 100_000)
  await outbox.close()
  const written = rows.filter(({ topic }) => topic === 'readings').map(({ key, data }) => `${key} ${valuesOf(data)}`)
  const finished = ended.filter(({ accepted }) => accepted)
  const events = new Set(written)
  return {
    finished: finished.length,
    events: written.length,
    missing: finished.filter(({ key, values }) => !events.has(`${key} ${values}`)).length,
    doubled: written.length - events.size,
  }
}

function valuesOf(data: string): string {
  const { registers } = JSON.parse(data) as { registers: readonly { register: string; value: string }[] }
  return JSON.stringify(Object.fromEntries(registers.map(({ register, value }) => [register, value])))
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000)
}
