import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { outcomeHeader } from '../../schemas/outcome.ts'
import type {
  IntakeRoute,
  PageContext,
  PageRoute,
  Route,
  Unreadable,
  UploadContext,
  UploadRoute,
  WireReply,
  WireRequest,
} from '../channel/define-channel.ts'
import { emptyReply } from '../channel/replies.ts'
import type { Callback } from '../core/chat.ts'
import type { Delivery } from '../core/delivery.ts'
import { submissionId } from '../core/event.ts'
import { GatewayBusy, type Received } from '../core/intake.ts'
import type { Log } from '../core/log.ts'
import type { Crowd } from './crowd.ts'
import { createRouteLimits, type LimiterParts, type RouteLimits } from './limits.ts'
import type { Metrics, TurnedAway } from './metrics.ts'
import { asPage, crowdedReply, failedReply, foreignReply, limitedReply, send, sentenceReply } from './replies.ts'
import { createSubmissions, type Submissions, type Submit } from './submissions.ts'
import { acceptOnly, isForeign, wireOf } from './wire.ts'

/** What mounting is done with. */
export interface MountParts extends LimiterParts {
  readonly submit: Submit
  /** Takes down what a messenger tells of a message of ours; rejects where the store is broken. */
  readonly noteCallback: (channel: string, callback: Callback) => Promise<void>
  readonly context: PageContext
  readonly uploads: Pick<UploadContext, 'keepUpload' | 'uploadState'>
  readonly metrics: Metrics
  readonly turnedAway: (channel: string, why: TurnedAway) => void
  readonly failed: (channel: string, error: unknown) => void
  readonly log: Log
  /** The submissions in flight. */
  readonly crowd: Crowd
}

/** A channel as it is mounted: its name, where it hangs, and the routes that are on. */
export interface MountedChannel {
  readonly name: string
  readonly prefix: string
  readonly routes: readonly Route[]
}

/** Hangs a channel's routes into the server: the one place that knows the order of the steps. */
export function mountChannel(app: FastifyInstance, { name, prefix, routes }: MountedChannel, parts: MountParts): void {
  for (const route of routes) {
    const failed = route.kind === 'upload' ? undefined : route.failed
    const mounted = { name, parts, failed, steps: stepsOf(name, route, parts) }
    app.register(async (scope) => {
      await acceptOnly(scope, mediaTypeOf(route))
      if (route.kind === 'upload') scope.addHook('onRequest', strangersOut(name, route, parts))
      scope.route({
        method: route.method,
        url: prefix + route.path,
        ...(route.bodyBytesMax !== undefined && { bodyLimit: route.bodyBytesMax }),
        handler: (request, reply) => answer(request, reply, mounted),
      })
    })
  }
}

function stepsOf(name: string, route: Route, parts: MountParts): MountedRoute['steps'] {
  if (route.kind === 'upload') return (request) => route.upload(request, { ...parts.context, ...parts.uploads })
  if (route.kind === 'page') {
    const limits = createRouteLimits(route.limits ?? [], parts)
    return (request) => pageSteps({ name, route, limits, parts }, request)
  }
  const limits = createRouteLimits(route.limits ?? [], parts)
  const mounted = { name, route, limits, parts, submissions: createSubmissions(limits, parts) }
  return (request) => intakeSteps(mounted, request)
}

function mediaTypeOf(route: Route) {
  if (route.kind === 'intake') return route.mediaType
  if (route.kind === 'upload') return route.method === 'POST' ? 'any' : 'none'
  return route.method === 'POST' ? 'application/x-www-form-urlencoded' : 'none'
}

/** Nobody fills our memory with a file before we know who it is. */
function strangersOut(name: string, { authenticate }: UploadRoute, parts: MountParts) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (authenticate(wireOf(request))) return undefined
    const said = turnedAway({ name, parts }, 'unauthentic', emptyReply(403))
    parts.metrics.replied(name, said.status)
    return send(reply, said)
  }
}

interface Mounted {
  readonly name: string
  readonly parts: MountParts
}

interface MountedPage extends Mounted {
  readonly route: PageRoute
  readonly limits: RouteLimits<WireRequest>
}

interface MountedIntake extends Mounted {
  readonly route: IntakeRoute<never>
  readonly limits: RouteLimits<never>
  readonly submissions: Submissions<never>
}

interface MountedRoute extends Mounted {
  readonly steps: (request: WireRequest) => Promise<WireReply>
  readonly failed: PageRoute['failed'] | undefined
}

/** Runs the steps; what they throw is our failure, never the caller's: 503, so that the message comes again. */
async function answer(request: FastifyRequest, reply: FastifyReply, mounted: MountedRoute): Promise<void> {
  const wire = wireOf(request)
  let said: WireReply
  try {
    said = isForeign(wire.headers) ? foreignReply : await mounted.steps(wire)
  } catch (error) {
    said = failed(error, wire, mounted)
  }
  mounted.parts.metrics.replied(mounted.name, said.status)
  send(reply, isPage(said) ? asPage(said) : said)
}

function failed(error: unknown, wire: WireRequest, mounted: MountedRoute): WireReply {
  if (error instanceof GatewayBusy) return turnedAway(mounted, 'crowded', pageOr(crowdedReply, mounted.failed, wire))
  mounted.parts.failed(mounted.name, error)
  return turnedAway(mounted, 'failed', pageOr(failedReply, mounted.failed, wire))
}

/** People are shown the route's own page, if it has one. */
function pageOr(reply: WireReply, failed: PageRoute['failed'] | undefined, request: WireRequest): WireReply {
  return failed === undefined ? reply : { ...failed(request), status: reply.status }
}

async function pageSteps(mounted: MountedPage, request: WireRequest): Promise<WireReply> {
  const { route, limits, parts } = mounted
  if (limits.isUsedUp(request, request))
    return turnedAway(mounted, 'limited', asPage(route.tooMany?.(request) ?? limitedReply))
  limits.count('every', request, request)
  return asPage(await route.page(request, parts.context))
}

/** authenticate → parse → read → limit → submit → count → log → reply. */
async function intakeSteps(mounted: MountedIntake, request: WireRequest): Promise<WireReply> {
  const { name, route, parts, limits } = mounted
  const startedMs = parts.monotonicMs()
  if (!route.authenticate(request)) return turnedAway(mounted, 'unauthentic', emptyReply(403))
  const parsed: never | Unreadable | null = route.parse(request, parts.context)
  if (parsed === null) return turnedAway(mounted, 'unreadable', emptyReply(400))
  if (isUnreadable(parsed)) return turnedAway(mounted, 'unreadable', sentenceReply(400, parsed.unreadable))
  const asksTooOften = limits.isUsedUp(parsed, request)
  const wire = route.collect === undefined || asksTooOften ? parsed : await route.collect(parsed, parts.context)
  const delivery = route.read(wire, parts.context)
  if (delivery === null) return noMessage(mounted, wire)
  // What came at once may have used it up while something was fetched.
  const isOver = asksTooOften || (route.collect !== undefined && limits.isUsedUp(wire, request))
  const usedUp = isOver && !mounted.submissions.hasInFlight(delivery)
  if (!usedUp && parts.crowd.isFull())
    return turnedAway(mounted, 'crowded', pageOr(crowdedReply, route.failed, request))
  const answered = usedUp
    ? await answeredBefore(delivery, parts)
    : await mounted.submissions.submit(delivery, wire, request)
  if (answered === null) return turnedAway(mounted, 'limited', route.tooMany?.(wire) ?? limitedReply)
  const outcome = outcomeHeader(answered.answer.outcomes)
  note(name, answered, { outcome, ms: parts.monotonicMs() - startedMs, parts })
  return withOutcome(route.reply(answered.answer, wire, parts.context), outcome)
}

/** An event that is no message; what it tells of a message of ours is taken down first. */
async function noMessage(mounted: MountedIntake, wire: never): Promise<WireReply> {
  const { name, route, parts } = mounted
  const callback = route.callback?.(wire) ?? null
  if (callback !== null) await parts.noteCallback(name, callback)
  return turnedAway(mounted, 'no_message', route.ignored?.(wire, parts.context) ?? emptyReply(200))
}

function turnedAway({ name, parts }: Mounted, why: TurnedAway, reply: WireReply): WireReply {
  parts.turnedAway(name, why)
  return reply
}

/** Nobody who brings a message again is told that he asks too often; null: this one is new. */
async function answeredBefore({ channel, deliveryId }: Delivery, { context }: MountParts): Promise<Received | null> {
  const answer = await context.answerOf(submissionId(channel, deliveryId), channel)
  return answer === null ? null : { answer, repeated: true }
}

interface Noted {
  readonly outcome: string
  /** Milliseconds from the request to its answer. */
  readonly ms: number
  readonly parts: MountParts
}

function note(channel: string, received: Received, { outcome, ms, parts }: Noted): void {
  const { answer, repeated } = received
  parts.metrics.answered(channel, received, ms / 1000)
  const tookMs = Math.round(ms * 10) / 10
  parts.log.info({ channel, outcome, ms: tookMs, submission: answer.submissionId, repeated }, 'answered')
}

function withOutcome(reply: WireReply, outcome: string): WireReply {
  // A channel's own word wins: the web form calls every meter that it doesn't find by one name (rule 27).
  return {
    status: reply.status,
    headers: { 'x-reading-outcome': outcome, ...reply.headers },
    body: reply.body,
  }
}

function isPage({ headers, status }: WireReply): boolean {
  return status === 303 || (headers['content-type']?.startsWith('text/html') ?? false)
}

function isUnreadable(wire: unknown): wire is Unreadable {
  return typeof wire === 'object' && wire !== null && 'unreadable' in wire
}
