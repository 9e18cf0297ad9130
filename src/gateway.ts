import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { channels as ownChannels } from '../channels/index.ts'
import type { AnyChannel } from './channel/define-channel.ts'
import { channelIo } from './channel-io.ts'
import type { Config } from './config.ts'
import { createIntake, type Intake, type IntakeParts } from './core/intake.ts'
import { errorFields, type Log } from './core/log.ts'
import type { Store } from './core/store.ts'
import { createDialog, type DialogParts } from './dialog/decide.ts'
import { listenAddress } from './environment.ts'
import { type App, createApp } from './http/app.ts'
import { loadAssets } from './http/assets.ts'
import { createHealth, registryHealth } from './http/health.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import type { Family } from './http/metrics-text.ts'
import { judgeWaiting } from './judge-later.ts'
import { createKafkaPublisher } from './kafka/publisher.ts'
import { kafkaSettings } from './kafka-settings.ts'
import { createClock, type Machine } from './machine.ts'
import { type Messengers, openMessengers } from './messengers.ts'
import { openStore } from './open-store.ts'
import { createRelay, type Relay } from './outbox/relay.ts'
import { slipHouse } from './slip-desk/house.ts'
import { type RunningSlips, startSlips } from './slip-desk/running.ts'
import { startUpkeep } from './upkeep.ts'

/** What the gateway is built with, besides its configuration. */
export interface GatewayParts {
  readonly log: Log
  readonly machine: Machine
  /** What a delivery needs to know, and what becomes of it; absent: as the dialog has it. */
  readonly dialog?: (house: DialogParts & { readonly now: () => string }) => Pick<IntakeParts, 'lookup' | 'decide'>
  /** Absent: every channel there is. */
  readonly channels?: readonly AnyChannel[]
  /** Puts something between the gateway and its store; tests break it there. */
  readonly wrapStore?: (store: Store) => Store
}

/** A gateway that listens. */
export interface Gateway {
  readonly app: App
  /** Where it listens, `http://127.0.0.1:8080`. */
  readonly url: string
  readonly store: Store
  /** Takes no more, answers what it took, brings the relay and the store to an end; within 10 s. */
  close(): Promise<void>
}

/** Deliveries in one commit: some 5 ms of judging, well below the time of an fsync on a slow disk. */
const BATCH_MAX = 256
/** At 5,000 messages a second these have waited for less than half a second. */
const WAITING_MAX = 2_000

const STARTED_ANEW =
  'what the store kept of conversations was not understood: they start anew, and values that waited in them become held'
const OLD_REGISTRY_STAYS = 'the new registry cannot be read; the one before stays in use'
const NO_REGISTRY = 'the registry cannot be read: import it again; what comes meanwhile is kept and judged later'

/** Builds the parts in order and listens. What it opened is closed again where a later part fails. */
export async function startGateway(config: Config, given: GatewayParts): Promise<Gateway> {
  const parts = { channels: ownChannels, dialog: createDialog, wrapStore: (store: Store) => store, ...given }
  const opened: (() => unknown)[] = []
  try {
    return await start(config, parts, opened)
  } catch (error) {
    for (const close of opened.reverse()) await close()
    throw error
  }
}

type AllParts = Required<GatewayParts>

async function start(config: Config, parts: AllParts, opened: (() => unknown)[]): Promise<Gateway> {
  const { log, machine, channels } = parts
  const now = createClock(config.CLOCK, machine.wallMs)
  const broken = (error: unknown, oldStays: boolean) =>
    log.error(errorFields(error), oldStays ? OLD_REGISTRY_STAYS : NO_REGISTRY)
  const bare = await openStore(config, { machine, now, broken })
  opened.push(() => bare.close())
  const store = parts.wrapStore(bare)
  const relay = await openRelay(config, store, parts)
  opened.push(() => relay?.close())
  const dialog = parts.dialog({ branches: config.branches, limits: config.conversationLimits, now })
  const metrics = createMetrics(channels.map(({ name }) => name))
  const intake = createIntake({
    store,
    ...dialog,
    batchMax: BATCH_MAX,
    waitingMax: WAITING_MAX,
    committed: () => relay?.nudge(),
    startedAnew: (of) => {
      for (const channel of of) metrics.startedAnew(channel)
      log.warn({ conversations: of.length }, STARTED_ANEW)
    },
  })
  opened.push(() => intake.close())
  const messengers = openMessengers(channels, config, { store, now, machine, log })
  opened.push(() => messengers.close())
  const submit = countedSubmit(intake, metrics, machine.monotonicMs)
  const house = slipHouse({ store, submit, dialog, now })
  const slips = await startSlips(config, { house, machine, log, now })
  opened.push(() => slips.close())
  const running = { store, relay, intake, messengers, metrics, slips, now }
  const app = buildApp(config, parts, running)
  opened.push(() => app.close())
  await listen(app, config)
  const stopUpkeep = startUpkeep({
    store,
    now,
    log,
    unansweredMs: config.conversationLimits.confirmMs,
    ...config.retention,
    purgeMore: slips.purge,
    registry: () => registryHealth({ store }),
    judge: () => judgeWaiting({ store, submit: intake.submit, judged: metrics.judgedLater, log }),
  })
  const url = listenAddress(config.HOST, (app.server.address() as AddressInfo).port)
  return { app, url, store, close: () => closeAll({ ...running, app, stopUpkeep }) }
}

/** Names the variables where nobody can listen there. */
async function listen(app: App, { HOST: host, PORT: port }: Config): Promise<void> {
  await app.listen({ host, port }).catch((cause: Error) => {
    throw new Error(`HOST and PORT must be a free address of this machine (${cause.message})`, { cause })
  })
}

async function openRelay(config: Config, store: Store, { log, machine }: AllParts): Promise<Relay | null> {
  const settings = kafkaSettings(config)
  if (settings === null) return null
  const { wait, random } = machine
  const publisher = createKafkaPublisher({ settings, storeId: await store.storeId(), log, wait })
  return createRelay({ store, publisher, wait, random, log })
}

/** What a chat's message left to be said leaves at once. */
function submitOf(intake: Intake, messengers: Messengers): Intake['submit'] {
  return async (delivery) => {
    const received = await intake.submit(delivery)
    messengers.nudge(delivery.channel, delivery.sender)
    return received
  }
}

/** Those of one part don't fall away with the other's. */
function familiesOf(...parts: readonly { families(): Promise<readonly Family[]> }[]): () => Promise<readonly Family[]> {
  return async () => (await Promise.all(parts.map((part) => part.families().catch(() => [])))).flat()
}

interface Running {
  readonly store: Store
  readonly relay: Relay | null
  readonly intake: Intake
  readonly messengers: Messengers
  readonly metrics: Metrics
  readonly slips: RunningSlips
  readonly now: () => string
}

function buildApp(config: Config, { log, machine, channels }: AllParts, running: Running): App {
  const { store, relay, intake, messengers, metrics, slips, now } = running
  const { PUBLIC_URL: publicUrl, branches, channelEnv } = config
  const context = { publicUrl, branches, assets: loadAssets, io: channelIo }
  const mounted = channels.map(({ name, prefix, routes }) => ({
    name,
    prefix,
    routes: routes(channelEnv[name] ?? {}, context),
  }))
  return createApp({
    channels: mounted.filter(({ routes }) => routes.length > 0),
    submit: submitOf(intake, messengers),
    uploads: slips,
    families: familiesOf(messengers, slips),
    store,
    health: createHealth({
      store,
      relay: relay === null ? null : () => relay.state(),
      freeBytes: () => machine.freeBytes(resolve(config.DATA_DIR)),
      now,
      monotonicMs: machine.monotonicMs,
    }),
    metrics,
    log,
    now,
    clockIsSet: config.CLOCK !== undefined,
    newId: machine.newId,
    trustedProxies: config.TRUSTED_PROXIES,
    inFlightMax: WAITING_MAX,
    limitsSecret: machine.newSecret(),
    monotonicMs: machine.monotonicMs,
  })
}

/** What comes without a request is counted all the same. */
function countedSubmit({ submit }: Intake, metrics: Metrics, monotonicMs: () => number): Intake['submit'] {
  return async (delivery) => {
    const startedMs = monotonicMs()
    const received = await submit(delivery)
    metrics.answered(delivery.channel, received, (monotonicMs() - startedMs) / 1000)
    return received
  }
}

/** A client that is still sending by then is cut. */
const LINGER_MS = 3_000

interface Closing extends Running {
  readonly app: App
  readonly stopUpkeep: () => Promise<void>
}

/** The relay ends while the last requests are answered: what they add waits in the outbox for the next start. */
async function closeAll({ app, intake, relay, messengers, slips, store, stopUpkeep }: Closing): Promise<void> {
  const upkeep = stopUpkeep()
  const linger = setTimeout(() => app.server.closeAllConnections(), LINGER_MS)
  const answered = Promise.all([app.close(), slips.close()]).then(() => intake.close())
  await Promise.all([answered, relay?.close(), messengers.close(), upkeep])
  clearTimeout(linger)
  await store.close()
}
