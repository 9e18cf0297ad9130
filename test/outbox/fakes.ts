import type { Log } from '../../src/core/log.ts'
import type { OutboxRow } from '../../src/core/store.ts'
import type { Publisher, Wait } from '../../src/outbox/publisher.ts'
import type { RelayStore } from '../../src/outbox/relay.ts'

/** An outbox row whose key and content say nothing but its seq. */
export function row(seq: number): OutboxRow {
  const headers = { ce_id: `id-${seq}` }
  return {
    seq,
    writtenAt: '2026-11-22T03:00:00.000Z',
    topic: 'readings',
    key: 'amur/1',
    headers,
    data: `{"seq":${seq}}`,
  }
}

/** An outbox in memory. */
export function memoryOutbox(
  rows: OutboxRow[] = [],
): RelayStore & { rows: OutboxRow[]; noted: number; broken: boolean } {
  const outbox = {
    rows,
    noted: 0,
    broken: false,
    async outboxAfter(after: number, limit: number) {
      if (outbox.broken) throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR' })
      return outbox.rows.filter(({ seq }) => seq > after).slice(0, limit)
    },
    async outboxState() {
      return { lastSeq: outbox.rows.at(-1)?.seq ?? 0, oldestWaitingAt: null }
    },
    async notePosition(seq: number) {
      outbox.noted = seq
    },
    async notedPosition() {
      return outbox.noted
    },
  }
  return outbox
}

/** What goes wrong at a step: before anything happened, or after all of it did but its answer was lost. */
export interface Fault {
  readonly at: 'open' | 'publish' | 'peek'
  readonly when: 'before' | 'after'
  readonly error: Error
}

/** Kafka as a relay sees it: what is committed stays, whoever publishes. Faults are used up one a step. */
export function fakeKafka() {
  const kafka = {
    topic: [] as number[],
    position: null as number | null,
    faults: [] as Fault[],
    steps: [] as string[],
    away: null as Error | null,
    publisher: (): Publisher => publisher,
  }
  async function step<T>(at: Fault['at'], work: () => T): Promise<T> {
    kafka.steps.push(at)
    await new Promise((resolve) => setImmediate(resolve))
    if (kafka.away !== null) throw kafka.away
    const fault = kafka.faults[0]?.at === at ? kafka.faults.shift() : undefined
    if (fault?.when === 'before') throw fault.error
    const result = work()
    if (fault !== undefined) throw fault.error
    return result
  }
  const publisher: Publisher = {
    open: () =>
      step('open', () => (kafka.position === null ? null : { seq: kafka.position, eventId: `id-${kafka.position}` })),
    peek: () => step('peek', () => kafka.position),
    publish: (rows, position) =>
      step('publish', () => {
        kafka.topic.push(...rows.map(({ seq }) => seq))
        kafka.position = position
      }),
    close: async () => {
      kafka.steps.push('close')
    },
  }
  return kafka
}

/** A wait that takes no time but a turn of the event loop, and remembers how long it was asked to take. */
export function quickWait(): Wait & { asked: number[] } {
  const asked: number[] = []
  const wait: Wait = async (ms, signal) => {
    if (signal.aborted) return
    asked.push(ms)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return Object.assign(wait, { asked })
}

/** A wait that nothing but its signal ends. */
export const untilAborted: Wait = (_ms, signal) =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )

/** A log that keeps its lines. */
export function keptLog(): Log & { lines: { level: string; fields: object; message: string }[] } {
  const lines: { level: string; fields: object; message: string }[] = []
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Turns of the event loop until it holds; throws after many. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 20_000; turns += 1) {
    if (holds()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('it never came to hold')
}
