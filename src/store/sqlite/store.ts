import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RegistryReader } from '../../core/registry.ts'
import type { Store } from '../../core/store.ts'
import { loadFacts } from '../facts.ts'
import { purgeStepwise, stepwise } from '../purge.ts'
import { connect, storeFile } from './connection.ts'
import { sqliteJournal } from './journal.ts'
import { lockDirectory } from './lock.ts'
import { sqliteOutbox } from './outbox.ts'
import { sqlitePurge } from './purge.ts'
import { sqliteReceipts } from './receipts.ts'
import { type Reopening, reopening } from './reopen.ts'
import { sqliteSlips } from './slips.ts'
import { sqliteState } from './state.ts'
import { sqliteUnjudged } from './unjudged.ts'

/** What the store is opened with. */
export interface SqliteStoreOptions {
  /** The data directory. */
  readonly dir: string
  readonly registry: RegistryReader
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  /** A new random UUID; names a store when it is made. */
  readonly newId: () => string
  /** Submissions after which a layer of the journal is folded; absent: the journal's own measure. */
  readonly foldAfter?: number
  /** Called with each new connection, before its first use; tests break it there. */
  readonly connected?: (database: DatabaseSync) => void
}

/**
 * The embedded store: `gateway.sqlite` in the data directory, for one gateway process at a time. It works synchronously,
 * so batches can't overlap. Throws where another gateway has the directory, the file can't be opened, or a newer
 * program made it.
 */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  const unlock = lockDirectory(options.dir)
  try {
    const connection = reopening(opener(options), ({ database }) => database.close())
    return {
      ...batches(connection, options),
      ...outbox(connection),
      ...receipts(connection),
      ...slips(connection),
      ...upkeep(connection, options),
      close,
    }
    async function close(): Promise<void> {
      try {
        connection.close()
      } finally {
        unlock()
      }
    }
  } catch (error) {
    unlock()
    throw error
  }
}

type Opened = ReturnType<ReturnType<typeof opener>>
type Connection = Reopening<Opened>

/** Opens the database with all its statements; the second time only where it is still the same store. */
function opener(options: SqliteStoreOptions) {
  const { dir, newId, connected } = options
  let id: string | null = null
  return () => {
    if (id !== null && !existsSync(join(dir, storeFile))) throw new Error('the store in DATA_DIR was taken away')
    const database = connect(dir)
    try {
      const state = sqliteState(database)
      id ??= state.storeId() ?? state.found(newId())
      if (state.storeId() !== id) throw new Error('the store in DATA_DIR was replaced')
      const journal = sqliteJournal(database, options)
      connected?.(database)
      return {
        database,
        state,
        journal,
        outbox: sqliteOutbox(database),
        receipts: sqliteReceipts(database),
        unjudged: sqliteUnjudged(database),
        slips: sqliteSlips(database),
        purge: sqlitePurge(database),
      }
    } catch (error) {
      database.close()
      throw error
    }
  }
}

function batches(connection: Connection, { registry, now }: SqliteStoreOptions) {
  return {
    transact: async (lookups, decide) =>
      connection.use(({ journal }) => {
        const at = now()
        journal.append(instant(at), (records) => decide(loadFacts(lookups, { records, registry, now: at })))
      }),
    look: async (lookup) =>
      connection.use(({ journal }) => loadFacts([lookup], { records: journal.records(), registry, now: now() })),
    answerOf: async (id, channel) => connection.use(({ journal }) => journal.records().answerOf(id, channel) ?? null),
  } satisfies Partial<Store>
}

function outbox(connection: Connection) {
  return {
    outboxAfter: async (after, limit) => connection.use(({ outbox }) => outbox.outboxAfter(after, limit)),
    outboxState: async (position) => connection.use(({ outbox }) => outbox.outboxState(position)),
    notePosition: async (seq) => connection.use(({ state }) => state.notePosition(seq)),
    notedPosition: async () => connection.use(({ state }) => state.notedPosition()),
    storeId: async () => connection.use(({ state }) => state.storeId() ?? ''),
  } satisfies Partial<Store>
}

function receipts(connection: Connection) {
  return {
    receiptsDue: async (channel, now, limit, until) =>
      connection.use(({ receipts }) => receipts.receiptsDue(channel, instant(now), limit, instant(until))),
    noteSent: async (seq, sent, notBefore) =>
      connection.use(({ receipts }) => receipts.noteSent(seq, sent, instant(notBefore))),
    noteFailed: async (channel, providerId, at) =>
      connection.use(({ receipts }) => receipts.noteFailed(channel, providerId, instant(at))),
    noteReached: async (channel, to, providerId) =>
      connection.use(({ receipts }) => receipts.noteReached(channel, to, providerId)),
    receiptState: async (channel) => connection.use(({ receipts }) => receipts.receiptState(channel)),
  } satisfies Partial<Store>
}

function slips(connection: Connection) {
  return {
    slipsOf: async (identity, limit) => connection.use(({ slips }) => slips.slipsOf(identity, limit)),
    slipCounts: async () => connection.use(({ slips }) => slips.slipCounts()),
    slipsToReview: async (after, limit) => connection.use(({ slips }) => slips.slipsToReview(after, limit)),
    slipReviewed: async (number) => connection.use(({ slips }) => slips.slipReviewed(number)),
    slipComparisons: async (limit) => connection.use(({ slips }) => slips.slipComparisons(limit)),
  } satisfies Partial<Store>
}

function upkeep(connection: Connection, { now }: SqliteStoreOptions) {
  return {
    holdUnanswered: (before) =>
      stepwise(() => connection.use(({ purge }) => purge.hold(instant(before), instant(now())))),
    async purge(rawBefore, decisionsBefore, stop) {
      connection.use(({ journal }) => journal.fold())
      const purged = await purgeStepwise(
        (kind, before) => connection.use(({ purge }) => purge.remove(kind, instant(before))),
        { rawBefore, decisionsBefore, now },
        stop,
      )
      for (let part: number | null = 0; part !== null && stop?.aborted !== true; await nextTurn()) {
        const from: number = part
        part = connection.use(({ purge }) => purge.places(from))
      }
      connection.use(({ purge }) => purge.sweep())
      return purged
    },
    unjudged: async (limit) => connection.use(({ unjudged }) => unjudged(limit)),
    probe: async () => connection.use(({ state }) => state.probe(instant(now()))),
  } satisfies Partial<Store>
}

/** One way to write an instant, so that the database can compare them as text. */
const instant = (at: string): string => new Date(at).toISOString()
