import type { Store } from '../../core/store.ts'
import { type Connections, connectAlone, connectionsTo } from './connection.ts'
import { loadPostgresFacts } from './load.ts'
import { migrate } from './migrate.ts'
import { postgresOutbox } from './outbox.ts'
import { postgresPurge } from './purge.ts'
import { postgresReceipts, receiptsOf } from './receipts.ts'
import { answerOf } from './records.ts'
import { type PostgresRegistry, postgresRegistry, wantedBy } from './registry.ts'
import { type Session, sessionOf } from './session.ts'
import { postgresSlips, slipsOf } from './slips.ts'
import { inTurn } from './turn.ts'
import { postgresUnjudged, unjudgedOf } from './unjudged.ts'
import { writeOf } from './writes.ts'

/** What the store is opened with. */
export interface PostgresStoreOptions {
  /** `postgres://…`, STORE_URL. */
  readonly url: string
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicMs: () => number
}

/**
 * The store in PostgreSQL, for any number of gateways on one database; submissions, outbox and registry are in it.
 * A lost connection fails the calls that were using it, and the next ones connect anew. Throws where the database can't
 * be reached or a newer program made the store.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const connections = connectionsTo(options.url)
  try {
    await bringUpToDate(options.url)
    const { batches, others } = connections
    const session = sessionOf(others)
    const registry = postgresRegistry(session, options.monotonicMs)
    return {
      ...lookups({ connections, session, registry }, options),
      ...postgresOutbox(session),
      ...postgresReceipts(session),
      ...postgresUnjudged(session),
      ...postgresSlips(session),
      ...state(session, options),
      ...postgresPurge({ batches, session }, options.now),
      close: connections.close,
    }
  } catch (error) {
    await connections.close()
    throw error
  }
}

async function bringUpToDate(url: string): Promise<void> {
  const client = await connectAlone(url)
  try {
    await migrate(client)
  } finally {
    await client.end()
  }
}

interface Opened {
  readonly connections: Connections
  readonly session: Session
  readonly registry: PostgresRegistry
}

function lookups(
  { connections: { batches }, session, registry }: Opened,
  { now }: PostgresStoreOptions,
): Pick<Store, 'transact' | 'look' | 'answerOf'> {
  return {
    async transact(lookups, decide) {
      const known = await registry.load(wantedBy(lookups))
      await inTurn(batches, async (session, taken) => {
        const at = now()
        const loading = loadPostgresFacts(lookups, { session, registry, known, now: at })
        const [facts, turn] = await Promise.all([loading, taken])
        const decisions = decide(facts)
        return decisions.length === 0
          ? []
          : [
              ...receiptsOf(decisions, at),
              ...unjudgedOf(decisions, turn),
              ...slipsOf(decisions, at),
              writeOf(decisions, turn, at),
            ]
      })
    },
    async look(lookup) {
      const known = await registry.load(wantedBy([lookup]))
      return loadPostgresFacts([lookup], { session, registry, known, now: now() })
    },
    answerOf: (id, channel) => answerOf(id, channel ?? null, session),
  }
}

const STATE = { name: 'store-state', text: 'SELECT store_id, position FROM store_state' }
/**
 * The truth is in Kafka: a note lost with the power is no harm, so it doesn't wait for the disk. A relay that froze before
 * its note wakes when another one is far ahead: the higher one stays.
 */
const NOTE = {
  name: 'note-position',
  text: `WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE store_state SET position = greatest(position, $1) FROM quick`,
}
const PROBE = { name: 'probe', text: 'UPDATE store_state SET probed_at = $1' }

function state(
  session: Session,
  { now }: PostgresStoreOptions,
): Pick<Store, 'storeId' | 'notePosition' | 'notedPosition' | 'probe'> {
  const row = async () => (await session.ask<[storeId: string, position: string]>(STATE)).rows[0]
  const one = async (statement: typeof NOTE, value: unknown) => {
    const { count } = await session.ask(statement, [value])
    if (count !== 1) throw new Error('the store is not whole: table store_state is empty')
  }
  return {
    storeId: async () => (await row())?.[0] ?? '',
    notedPosition: async () => Number((await row())?.[1] ?? 0),
    notePosition: (seq) => one(NOTE, seq),
    probe: () => one(PROBE, now()),
  }
}
