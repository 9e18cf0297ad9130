import { errorCode } from '../core/error-code.ts'
import type { RegistryState } from '../core/registry.ts'
import { nothingWanted, type Store } from '../core/store.ts'
import type { RelayState } from '../outbox/relay.ts'
import { within } from './deadline.ts'

/** How a part of the gateway is; in order, the last is the worst. */
export const conditions = ['ok', 'degraded', 'failing'] as const
/** See the list of the same name. */
export type Condition = (typeof conditions)[number]

/** A part and how it is; `reason` says why in words for the operator, with no value of a customer in it. */
export interface Component {
  readonly name: 'store' | 'disk' | 'registry' | 'outbox' | 'kafka'
  readonly status: Condition
  readonly reason: string
}

/** How the gateway is at one moment. */
export interface Health {
  /** The worst of the components. */
  readonly status: Condition
  readonly components: readonly Component[]
  readonly registry: RegistryState
  /** Events that wait for Kafka, and the age of the oldest, seconds; null where the store did not tell. */
  readonly outbox: { readonly depth: number; readonly ageSeconds: number } | null
  readonly relay: RelayState | null
}

/** What health is read from. */
export interface HealthParts {
  readonly store: Pick<Store, 'probe' | 'look' | 'outboxState' | 'notedPosition'>
  /** null: no Kafka is configured. */
  readonly relay: (() => RelayState) | null
  /** Bytes that the gateway may still write where its data is. */
  readonly freeBytes: () => Promise<number>
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  readonly monotonicMs: () => number
}

/** Two batches' worth of write-ahead log and no more: writing is about to fail. */
const FREE_BYTES_FAILING = 32 * 2 ** 20
/** A million submissions take about 1 GB; below half of it somebody should look. */
const FREE_BYTES_DEGRADED = 512 * 2 ** 20
/** The relay needs seconds; billing notices after an hour. */
const OUTBOX_AGE_SECONDS_DEGRADED = 300
/** However often somebody asks, the parts are asked once in that time. */
const FRESH_MS = 1_000
/** A part that doesn't answer by then counts as failing. */
const PROBE_MS_MAX = 2_000

/** Reads the gateway's health; whoever asks within a second gets the same. */
export function createHealth(parts: HealthParts): () => Promise<Health> {
  let read: { readonly atMs: number; readonly health: Promise<Health> } | undefined
  return () => {
    const nowMs = parts.monotonicMs()
    if (read === undefined || nowMs - read.atMs > FRESH_MS) read = { atMs: nowMs, health: readHealth(parts) }
    return read.health
  }
}

/** How the registry alone is. */
export async function registryHealth(parts: Pick<HealthParts, 'store'>): Promise<Component> {
  return registryComponent(await registryState(parts))
}

async function readHealth(parts: HealthParts): Promise<Health> {
  const relay = parts.relay?.() ?? null
  const [store, disk, registry, outbox] = await Promise.all([
    storeComponent(parts),
    diskHealth(parts),
    registryState(parts),
    within(outboxOf(parts, relay), PROBE_MS_MAX).catch(() => null),
  ])
  const components = [
    store,
    disk,
    registryComponent(registry),
    outboxComponent(outbox, relay !== null),
    kafkaComponent(relay),
  ]
  const worst = Math.max(...components.map(({ status }) => conditions.indexOf(status)))
  return { status: conditions[worst] ?? 'failing', components, registry, outbox, relay }
}

async function storeComponent({ store }: HealthParts): Promise<Component> {
  try {
    await within(store.probe(), PROBE_MS_MAX)
    return { name: 'store', status: 'ok', reason: 'takes writes' }
  } catch (error) {
    return { name: 'store', status: 'failing', reason: `does not take writes (${nameOf(error)})` }
  }
}

/** How the disk alone is. */
export async function diskHealth({ freeBytes }: Pick<HealthParts, 'freeBytes'>): Promise<Component> {
  try {
    const free = await within(freeBytes(), PROBE_MS_MAX)
    const reason = `${Math.floor(free / 2 ** 20)} MiB free`
    if (free < FREE_BYTES_FAILING) return { name: 'disk', status: 'failing', reason }
    return { name: 'disk', status: free < FREE_BYTES_DEGRADED ? 'degraded' : 'ok', reason }
  } catch (error) {
    return { name: 'disk', status: 'degraded', reason: `free space is unknown (${nameOf(error)})` }
  }
}

/** What the store knows of the registry; a store that does not tell knows none. */
async function registryState({ store }: Pick<HealthParts, 'store'>): Promise<RegistryState> {
  const looked = store.look(nothingWanted).then(({ registry }) => registry)
  return await within(looked, PROBE_MS_MAX).catch(() => 'down')
}

const REGISTRY_REASONS: Readonly<Record<RegistryState, string>> = {
  ready: 'is there',
  empty: 'is empty: import one; submissions are kept and judged later',
  stale: 'is past its time; submissions are kept and judged later',
  down: 'cannot be read; submissions are kept and judged later',
}

function registryComponent(state: RegistryState): Component {
  return { name: 'registry', status: state === 'ready' ? 'ok' : 'degraded', reason: REGISTRY_REASONS[state] }
}

async function outboxOf({ store, now }: HealthParts, relay: RelayState | null): Promise<Health['outbox']> {
  const position = Math.max(relay?.position ?? 0, await store.notedPosition())
  const { lastSeq, oldestWaitingAt } = await store.outboxState(position)
  return { depth: Math.max(0, lastSeq - position), ageSeconds: secondsSince(oldestWaitingAt, now()) }
}

/** How long something has waited, seconds; both ISO instants, null: nothing waits. */
export function secondsSince(oldestAt: string | null, now: string): number {
  return oldestAt === null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(oldestAt)) / 1_000)
}

function outboxComponent(outbox: Health['outbox'], kafkaIsOn: boolean): Component {
  if (outbox === null) return { name: 'outbox', status: 'degraded', reason: 'cannot be read' }
  const reason = `${outbox.depth} events wait, the oldest for ${Math.floor(outbox.ageSeconds)} s`
  const late = kafkaIsOn && outbox.ageSeconds > OUTBOX_AGE_SECONDS_DEGRADED
  return { name: 'outbox', status: late ? 'degraded' : 'ok', reason }
}

/** Never failing: no request waits for Kafka. */
function kafkaComponent(relay: RelayState | null): Component {
  if (relay === null) return { name: 'kafka', status: 'ok', reason: 'is not configured; events wait in the outbox' }
  if (relay.lastError !== null) return { name: 'kafka', status: 'degraded', reason: relay.lastError }
  if (relay.phase === 'connecting') return { name: 'kafka', status: 'degraded', reason: 'is being connected' }
  return { name: 'kafka', status: 'ok', reason: relay.phase }
}

/** An error's code and SQLite's own sentence for it; never its message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = errorCode(error) ?? error.name
  return 'errstr' in error ? `${code}: ${error.errstr}` : code
}
