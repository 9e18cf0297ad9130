import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fromTwilio } from '../channels/providers.ts'
import { type DrillMeter, textOf } from './meters.ts'

/** What the gateway said to a message. */
export interface Said {
  readonly status: number
  /** `x-reading-outcome`. */
  readonly outcome: string
  readonly body: string
  /** Seconds of `Retry-After`; 0: there is none. */
  readonly retryAfter: number
}

/** A text message of the drill. */
export interface Message {
  readonly sid: string
  readonly meter: DrillMeter
  /** Number of the meter's reading that it brings. */
  readonly n: number
}

/** A message and what became of it at the client; `said` null: never answered 200, and given up. */
export interface Sent extends Message {
  readonly said: Said | null
  readonly tries: number
}

/** A client with keep-alive connections, like a provider's. */
export interface Client {
  /** Sends a signed message once; null: no answer. */
  post(message: Message): Promise<Said | null>
  close(): void
}

const ANSWER_MS_MAX = 15_000

export function twilioClient(url: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    post: (message) => postOnce(url, agent, message),
    close: () => agent.destroy(),
  }
}

function postOnce(url: string, agent: Agent, { sid, meter, n }: Message): Promise<Said | null> {
  const raw = fromTwilio(sid, textOf(meter, n), { From: senderOf(sid) })
  return new Promise((resolve) => {
    const none = () => resolve(null)
    const options = {
      method: 'POST',
      agent,
      headers: { ...raw.headers, 'content-length': Buffer.byteLength(raw.body) },
    }
    const sending = request(url + raw.url, { ...options, timeout: ANSWER_MS_MAX }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.once('error', none)
      response.once('close', none)
      response.once('end', () => {
        const outcome = String(response.headers['x-reading-outcome'] ?? '')
        const retryAfter = Number(response.headers['retry-after'] ?? 0)
        resolve({ status: response.statusCode ?? 0, outcome, body, retryAfter })
      })
    })
    sending.once('timeout', () => sending.destroy())
    sending.once('error', none)
    sending.end(raw.body)
  })
}

/** A phone that is in no registry, one a message, so that no conversation comes between two messages. */
function senderOf(sid: string): string {
  return `+7000${Number.parseInt(sid.slice(-8), 16).toString().padStart(10, '0').slice(-7)}`
}

export interface LoadPlan {
  readonly client: Client
  readonly meters: readonly DrillMeter[]
  /** Messages that are under way at the same time at most. */
  readonly workers: number
  /** Asked before each new message, with how many there were. */
  readonly goesOn: (sent: number) => boolean
  /** Whether message number `count` is brought again until it is answered 200. */
  readonly retries: (count: number) => boolean
  /** Pause of a worker after each message, ms. */
  readonly pauseMs?: number
  /** Told of each try: ms until its answer, or null where there was none. */
  readonly answered?: (said: Said | null, ms: number) => void
}

/** Longest wait for an answer to a message that is retried: a broken gateway must not hang the drill. */
const GIVE_UP_MS = 120_000
const RETRY_MS = 50

/**
 * Sends messages as long as the plan goes on. A meter belongs to one worker, who brings its readings one after the other:
 * so the order of what the meter's customer sent is known without asking the gateway.
 */
export async function load(plan: LoadPlan): Promise<readonly Sent[]> {
  const sent: Sent[] = []
  let count = 0
  async function work(worker: number): Promise<void> {
    const own = plan.meters.filter((_, index) => index % plan.workers === worker)
    for (let turn = 0; plan.goesOn(count); turn += 1) {
      const meter = own[turn % own.length]
      if (meter === undefined) return
      const number = count++
      const sid = `SM${number.toString(16).padStart(32, '0')}`
      sent.push(await bring({ sid, meter, n: Math.floor(turn / own.length) }, plan, plan.retries(number)))
      if (plan.pauseMs !== undefined) await sleep(plan.pauseMs)
    }
  }
  await Promise.all(Array.from({ length: plan.workers }, (_, worker) => work(worker)))
  return sent
}

async function bring(message: Message, { client, answered }: LoadPlan, retries: boolean): Promise<Sent> {
  const until = performance.now() + GIVE_UP_MS
  for (let tries = 1; ; tries += 1) {
    const began = performance.now()
    const said = await client.post(message)
    answered?.(said, performance.now() - began)
    if (said?.status === 200) return { ...message, said, tries }
    if (!retries || performance.now() > until) {
      await sleep(RETRY_MS)
      return { ...message, said: null, tries }
    }
    await sleep(RETRY_MS)
  }
}
