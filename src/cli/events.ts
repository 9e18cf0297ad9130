import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { OutboxRow } from '../core/store.ts'
import { openOutboxAlone } from '../open-store.ts'
import type { CliContext } from './context.ts'
import { ownDataDir, ownVariable } from './own-config.ts'
import { stopping } from './stopping.ts'

/** How often a follower looks for new events. */
const LOOK_MS = 250

/** Rows read at a time. */
const ROWS_MAX = 500

/**
 * Prints the events as they stand in the outbox, one JSON object a line, in the order of acceptance; with `--follow`
 * goes on until it is stopped. Reads only, beside a running gateway or without one.
 * Exit status: 0; 1 where the store can't be read; 2 on wrong usage.
 */
export async function events(args: readonly string[], context: CliContext): Promise<number> {
  const wanted = readWanted(args)
  if (wanted === null) return 2
  try {
    await printEvents(wanted, context)
    return 0
  } catch (error) {
    context.stderr(error instanceof Error ? error.message : 'the store can not be read')
    return 1
  }
}

interface Wanted {
  readonly after: number
  readonly follow: boolean
}

function readWanted(args: readonly string[]): Wanted | null {
  try {
    const options = { after: { type: 'string', default: '0' }, follow: { type: 'boolean', default: false } } as const
    const { after, follow } = parseArgs({ args: [...args], options, strict: true }).values
    return /^\d{1,15}$/.test(after) ? { after: Number(after), follow } : null
  } catch {
    return null
  }
}

async function printEvents({ after, follow }: Wanted, context: CliContext): Promise<void> {
  const stop = stopping(context)
  const outbox = await openOutboxAlone(ownVariable(context, 'STORE_URL'), ownDataDir(context))
  try {
    let seq = after
    while (!stop.signal.aborted) {
      const rows = await outbox.outboxAfter(seq, ROWS_MAX)
      for (const row of rows) context.stdout(eventLine(row, context))
      seq = rows.at(-1)?.seq ?? seq
      if (rows.length === ROWS_MAX) continue
      if (!follow) return
      await sleep(LOOK_MS, null, { signal: stop.signal }).catch(() => {})
    }
  } finally {
    stop.forget()
    await outbox.close()
  }
}

/** The line of one event: `seq`, the topic's name on Kafka, and key, headers and data as they are there. */
function eventLine({ seq, topic, key, headers, data }: OutboxRow, context: CliContext): string {
  const names = {
    readings: ownVariable(context, 'KAFKA_TOPIC_READINGS'),
    rejected: ownVariable(context, 'KAFKA_TOPIC_REJECTED'),
  }
  const head = JSON.stringify({ seq, topic: names[topic], key, headers })
  // The data is JSON already, and stays to the letter what Kafka gets.
  return `${head.slice(0, -1)},"data":${data}}`
}
