import { Histogram, Registry } from 'prom-client'
import { type Outcome, outcomeKinds } from '../../schemas/outcome.ts'
import { type CallEnd, callEnds } from '../core/call.ts'
import type { Received } from '../core/intake.ts'
import { counter, type Family, metricsText } from './metrics-text.ts'

/**
 * What is counted of channels. Plain numbers, for this stands on the way of every message; made into text at a scrape.
 * Labels are names of the house only: channel, outcome kind, limit, status. Never a person.
 */
export interface Metrics {
  /**
   * A delivery was answered, `seconds` from its bytes to its answer. Each outcome is an item received, and a call may be
   * over with it; what came again and got its answer again is counted as such alone.
   */
  answered(channel: string, received: Received, seconds: number): void
  /** A follow-up was judged (rule 25); its original was counted when it came, so this counts apart. */
  judgedLater(outcomes: readonly Outcome[]): void
  /** A conversation started anew, for what the store kept of it was not understood. */
  startedAnew(channel: string): void
  /** One of the things that end a request without an answer of the intake. */
  turnedAway(channel: string, why: TurnedAway): void
  /** An HTTP answer left; `route` is a channel's name or `house`. */
  replied(route: string, status: number): void
  /** Text for Prometheus; `more` are families of other parts. All counters are read in one go, so that they agree. */
  text(more: readonly Family[]): Promise<string>
}

/** Why a request got no answer of the intake. */
const turnedAway = ['unauthentic', 'unreadable', 'no_message', 'limited', 'crowded', 'failed'] as const
/** See the list of the same name. */
export type TurnedAway = (typeof turnedAway)[number]

/** Seconds: an fsync takes 1–10 ms, providers give up after 10–15 s. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface ChannelCounts {
  received: number
  repeated: number
  startedAnew: number
  readonly outcomes: Record<Outcome['kind'], number>
  readonly away: Record<TurnedAway, number>
}

/** Counters that start at zero for every channel, so that a rate can be taken from the first scrape on. */
export function createMetrics(channels: readonly string[]): Metrics {
  const counts = new Map(channels.map((channel) => [channel, zero()]))
  const registry = new Registry()
  const seconds = answerSeconds(registry, channels)
  const statuses = new Map<string, number>()
  const later = zero().outcomes
  const calls = new Map<CallEnd, number>(callEnds.map((end) => [end, 0]))
  const of = (channel: string) => counts.getOrInsertComputed(channel, zero)
  return {
    answered(channel, { answer: { outcomes, spoken }, repeated }, tookSeconds) {
      const count = of(channel)
      seconds.observe({ channel }, tookSeconds)
      if (repeated) {
        count.repeated += 1
        return
      }
      count.received += outcomes.length
      for (const { kind } of outcomes) count.outcomes[kind] += 1
      const end = spoken?.closed
      if (end !== undefined) calls.set(end, (calls.get(end) ?? 0) + 1)
    },
    judgedLater(outcomes) {
      for (const { kind } of outcomes) later[kind] += 1
    },
    startedAnew(channel) {
      of(channel).startedAnew += 1
    },
    turnedAway(channel, why) {
      of(channel).away[why] += 1
    },
    replied(route, status) {
      const key = `${route} ${status}`
      statuses.set(key, (statuses.get(key) ?? 0) + 1)
    },
    text: (more) =>
      metricsText(
        [...channelFamilies(counts), laterFamily(later), callsFamily(calls), statusFamily(statuses), ...more],
        registry,
      ),
  }
}

function answerSeconds(registry: Registry, channels: readonly string[]): Histogram<'channel'> {
  const seconds = new Histogram({
    name: 'gateway_answer_seconds',
    help: 'From the bytes of a delivery to its durable answer.',
    labelNames: ['channel'],
    buckets: BUCKETS,
    registers: [registry],
  })
  for (const channel of channels) seconds.zero({ channel })
  return seconds
}

function zero(): ChannelCounts {
  return {
    received: 0,
    repeated: 0,
    startedAnew: 0,
    outcomes: { accepted: 0, duplicate: 0, asked: 0, held: 0, rejected: 0, none: 0 },
    away: { unauthentic: 0, unreadable: 0, no_message: 0, limited: 0, crowded: 0, failed: 0 },
  }
}

function channelFamilies(counts: ReadonlyMap<string, ChannelCounts>): Family[] {
  const all = [...counts]
  return [
    counter(
      'gateway_items_received_total',
      'Items received and answered: the sum of all outcomes.',
      all.map(([channel, { received }]) => ({ labels: { channel }, value: received })),
    ),
    counter(
      'gateway_items_total',
      'Items by what became of them.',
      all.flatMap(([channel, { outcomes }]) =>
        outcomeKinds.map((outcome) => ({ labels: { channel, outcome }, value: outcomes[outcome] })),
      ),
    ),
    counter(
      'gateway_repeated_deliveries_total',
      'Deliveries that came again and got their answer again; their items are not received anew.',
      all.map(([channel, { repeated }]) => ({ labels: { channel }, value: repeated })),
    ),
    counter(
      'gateway_conversations_started_anew_total',
      'Conversations whose stored state was not understood, as after an upgrade; values that waited in them become held.',
      all.map(([channel, { startedAnew }]) => ({ labels: { channel }, value: startedAnew })),
    ),
    counter(
      'gateway_turned_away_total',
      'Requests on channel routes that got no answer of the intake, by why.',
      all.flatMap(([channel, { away }]) => turnedAway.map((why) => ({ labels: { channel, why }, value: away[why] }))),
    ),
  ]
}

function laterFamily(outcomes: ChannelCounts['outcomes']): Family {
  return counter(
    'gateway_judged_later_total',
    'Items that came while there was no registry, by what became of them once there was one; not received anew.',
    outcomeKinds.map((outcome) => ({ labels: { outcome }, value: outcomes[outcome] })),
  )
}

function callsFamily(calls: ReadonlyMap<CallEnd, number>): Family {
  return counter(
    'gateway_calls_total',
    'Telephone calls that are over, by how they went.',
    [...calls].map(([end, value]) => ({ labels: { end }, value })),
  )
}

function statusFamily(statuses: ReadonlyMap<string, number>): Family {
  return counter(
    'gateway_http_replies_total',
    'HTTP answers by route and status.',
    [...statuses].map(([key, value]) => {
      const [route = '', status = ''] = key.split(' ')
      return { labels: { route, status }, value }
    }),
  )
}
