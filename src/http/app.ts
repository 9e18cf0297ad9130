import type { FastifyInstance } from 'fastify'
import type { RouteContext, UploadContext } from '../channel/define-channel.ts'
import type { Callback } from '../core/chat.ts'
import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import { createCrowd } from './crowd.ts'
import type { Health } from './health.ts'
import type { LimiterParts } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { type MountedChannel, mountChannel } from './mount.ts'
import { mountOperations, type OperationsParts } from './operations.ts'
import { createServer } from './server.ts'
import type { Submit } from './submissions.ts'
import { createFailed, createTurnedAway } from './turned-away.ts'

/** What the HTTP side is built of. */
export interface AppParts extends RouteContext, LimiterParts {
  readonly channels: readonly MountedChannel[]
  readonly submit: Submit
  readonly store: Pick<Store, 'look' | 'answerOf' | 'noteFailed' | 'noteReached'>
  readonly health: () => Promise<Health>
  readonly metrics: Metrics
  readonly log: Log
  /** A random UUID. */
  readonly newId: () => string
  readonly families: OperationsParts['families']
  readonly uploads: Pick<UploadContext, 'keepUpload' | 'uploadState'>
  readonly trustedProxies: readonly string[]
  /** Submissions that may wait for their answer at the same time. */
  readonly inFlightMax: number
}

/** Providers give up after 10 to 15 s and bring the message again; by then they should know that we failed. */
const ANSWER_MS_MAX = 9_000

/** The server, as those above it know it. */
export type App = FastifyInstance

/** Builds the server with all its routes; it doesn't listen yet. */
export function createApp(parts: AppParts): App {
  const { trustedProxies, metrics, store, now, clockIsSet, newId, monotonicMs } = parts
  const failed = createFailed(parts)
  const app = createServer({ trustedProxies, failed, metrics })
  mountOperations(app, parts)
  const mountParts = {
    ...parts,
    noteCallback: (channel: string, callback: Callback) =>
      callback.kind === 'failed'
        ? store.noteFailed(channel, callback.providerId, now())
        : store.noteReached(channel, callback.to, callback.providerId),
    context: { now, clockIsSet, newId, look: store.look.bind(store), answerOf: store.answerOf.bind(store) },
    turnedAway: createTurnedAway(parts),
    failed,
    crowd: createCrowd({ most: parts.inFlightMax, waitMs: ANSWER_MS_MAX, monotonicMs }),
  }
  for (const channel of parts.channels) mountChannel(app, channel, mountParts)
  return app
}
