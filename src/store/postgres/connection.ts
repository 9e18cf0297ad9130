import { Client, type ClientBase, type ClientConfig, Pool, type PoolConfig } from 'pg'
import { errorCode } from '../../core/error-code.ts'

/** Statements are by key and take milliseconds; what takes longer hangs, and the sender is better told to come again. */
const STATEMENT_MS_MAX = 5_000
/** Waiting for the turn of another gateway's batch, or for a lock. */
const LOCK_MS_MAX = 4_000
/** A gateway that was frozen in mid-batch loses its turn, while those who wait for theirs (LOCK_MS_MAX) still do. */
const IDLE_IN_BATCH_MS_MAX = 3_000
/** Also while the server is gone without a word, when nothing of its own timeouts is heard. */
const ANSWER_MS_MAX = 8_000
const CONNECT_MS_MAX = 5_000

/** Pages, look-ups, the relay and health share these; a batch has a connection of its own. */
const OTHERS_MAX = 4

/**
 * Every statement asks by key, so a plan that reads a whole table or index is never meant; the planner would choose one
 * for a table that was empty when it looked, and keep it while the table grows. A server that is set to lose what it said
 * yes to is overruled, and one whose transactions would not see what was committed while they waited for their turn.
 */
const SETTINGS = `
  SET statement_timeout = ${STATEMENT_MS_MAX}; SET lock_timeout = ${LOCK_MS_MAX};
  SET idle_in_transaction_session_timeout = ${IDLE_IN_BATCH_MS_MAX};
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET default_transaction_isolation = 'read committed';
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
`

/** All limits that server, database or role may set; older servers don't know each of them. */
const UNLIMITED = `
  SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout',
    'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout');
  SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET synchronous_commit = 'on'
`

/** The connections of one gateway. */
export interface Connections {
  /** One connection, and nobody waits for the database twice: batches and upkeep queue for it. */
  readonly batches: Pool
  /** Everything else. */
  readonly others: Pool
  close(): Promise<void>
}

/** How the address is used by every connection; TLS as its parameters say (`sslmode=verify-full`). */
function addressOf(url: string): ClientConfig {
  // Checked here, for the driver's own error may quote the address with its password.
  if (!URL.canParse(url)) throw new Error('STORE_URL is no address such as postgres://USER:PASSWORD@HOST/DATABASE')
  return {
    connectionString: url,
    application_name: 'meter-reading-gateway',
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
  }
}

/** One connection without limits of time, for work that may take long; the caller ends it. Throws with a reason. */
export async function connectAlone(url: string): Promise<Client> {
  const client = new Client(addressOf(url))
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(UNLIMITED)
    return client
  } catch (error) {
    await client.end()
    throw unusable(error)
  }
}

/** Says why the database can't be used; of several addresses tried in vain, the driver's own error says only a code. */
export function unusable(error: unknown): Error {
  const message = error instanceof Error ? error.message : ''
  const why = message || (errorCode(error) ?? 'no reason given')
  return new Error(`the database of STORE_URL cannot be used: ${why}`, { cause: error })
}

/** Connects at the first use, and again after a connection was lost. */
export function connectionsTo(url: string): Connections {
  // Statements of a batch are sent without waiting for the one before; the driver's types don't know that yet.
  const pipelined: PoolConfig = Object.assign(poolConfig(url, 1), { pipeline: true })
  const [batches, others] = [openPool(pipelined), openPool(poolConfig(url, OTHERS_MAX))]
  return {
    batches,
    others,
    async close() {
      await Promise.all([batches.end(), others.end()])
    },
  }
}

/** A few connections to read with. */
export function readingPool(url: string): Pool {
  return openPool(poolConfig(url, 2))
}

function poolConfig(url: string, max: number): PoolConfig {
  return {
    ...addressOf(url),
    max,
    query_timeout: ANSWER_MS_MAX,
    onConnect: async (client: ClientBase) => {
      await client.query(SETTINGS)
    },
  }
}

/** A connection that breaks is told to whoever uses it, by the query that fails; idle ones are replaced in silence. */
function openPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
