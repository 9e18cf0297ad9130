import { errorCode } from '../core/error-code.ts'
import { backoff, type Pace, type Sleeper, withJitter } from './pace.ts'
import { PublishError, type PublishFailure } from './publisher.ts'
import type { RelayParts, RelayState } from './relay.ts'
import { startPosition } from './start-position.ts'

/** A relay at work. */
export interface Work {
  readonly parts: RelayParts
  readonly pace: Pace
  readonly sleeper: Sleeper
  state: RelayState
  /** Failures since it last succeeded. */
  attempt: number
  /** The kind of failure that the log was told of last; null: none since it last succeeded. */
  told: string | null
  closing: boolean
}

/** Told again after so many failures of one kind, which at the longest pause are some five minutes. */
const TELL_EVERY = 40

/** Takes its place and publishes, batch after batch, until it is closed. Throws what goes wrong. */
export async function relay(work: Work): Promise<void> {
  const { publisher, store, log } = work.parts
  work.state = { ...work.state, phase: 'connecting' }
  const position = await startPosition(await publisher.open(), store, log)
  work.state = { ...work.state, phase: 'relaying', position, lastError: null }
  log.info({ position }, 'the relay brings events to Kafka from its position on')
  let idleMs = 0
  while (!work.closing) idleMs = await step(work, idleMs)
}

/** Publishes one batch after the position, or, where none waits, sleeps. Returns how long it has been idle, ms. */
async function step(work: Work, idleMs: number): Promise<number> {
  const { parts, pace, sleeper } = work
  const rows = await parts.store.outboxAfter(work.state.position, pace.batchRows)
  const last = rows.at(-1)
  if (last === undefined && idleMs < pace.keepMs) {
    await sleeper.sleep(pace.pollMs, true)
    await sleeper.sleep(pace.gatherMs, false)
    return idleMs + pace.pollMs
  }
  const position = last?.seq ?? work.state.position
  await parts.publisher.publish(rows, position)
  work.attempt = 0
  work.told = null
  work.state = { ...work.state, position, published: work.state.published + rows.length }
  if (rows.length > 0) parts.onPublished?.(rows.length, position)
  await parts.store.notePosition(position)
  if (rows.length < pace.batchRows) await sleeper.sleep(pace.gatherMs, false)
  return 0
}

/** Lets another relay work, until events wait and it does not move them. */
export async function standBy(work: Work): Promise<void> {
  const { parts, pace, sleeper } = work
  // Being fenced is no failure that lasts: another relay does the work.
  work.state = { ...work.state, phase: 'standby', lastError: null }
  let before = await lookAt(work, work.state.position)
  while (!work.closing) {
    await sleeper.sleep(withJitter(pace.standbyMs, parts.random), false)
    if (work.closing) return
    const now = await lookAt(work, (await parts.publisher.peek()) ?? 0)
    if (now.position === before.position && before.lastSeq > now.position) return
    before = now
    work.state = { ...work.state, position: now.position }
  }
}

async function lookAt(work: Work, position: number): Promise<{ position: number; lastSeq: number }> {
  const { lastSeq } = await work.parts.store.outboxState(position)
  return { position, lastSeq }
}

const SENTENCES: Readonly<Record<PublishFailure | 'store', string>> = {
  away: 'Kafka is away; events wait in the outbox, and the relay tries again',
  refused: 'Kafka refuses the relay; events wait in the outbox, and it tries again',
  fenced: 'another relay has taken over; this one stands by',
  store: 'the relay cannot use the store; events wait in the outbox, and it tries again',
}

/** Drops the connections, tells what went wrong, and backs off. Fenced relays don't: standing by has its own pauses. */
export async function failed(work: Work, error: unknown): Promise<void> {
  const { publisher, log, random } = work.parts
  await publisher.close()
  if (work.closing) return
  const { failure, code } = error instanceof PublishError ? error : { failure: 'store' as const, code: codeOf(error) }
  work.attempt += 1
  const failures = work.state.failures + 1
  work.state = { ...work.state, phase: 'connecting', failures, lastError: `${failure} ${code}` }
  // A Kafka that is away says so in many ways; of the others each code wants another remedy.
  const kind = failure === 'away' ? failure : `${failure} ${code}`
  if (kind !== work.told || work.attempt % TELL_EVERY === 0) {
    work.told = kind
    const fields = { failure, code, attempt: work.attempt, position: work.state.position }
    if (failure === 'refused') log.error(fields, SENTENCES[failure])
    else log.warn(fields, SENTENCES[failure])
  }
  if (failure !== 'fenced') await work.sleeper.sleep(backoff(work.pace, work.attempt, random), false)
}

/** The code of a store's error (`ERR_SQLITE_ERROR`, `ECONNREFUSED`) or its name; never its message. */
function codeOf(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.name : 'UNKNOWN')
}
