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
import type { Answer, Delivery } from '../core/delivery.ts'
import { GatewayBusy, type Received } from '../core/intake.ts'
import type { Log } from '../core/log.ts'
import type { Crowd } from './crowd.ts'
import type { Metrics, TurnedAway } from './metrics.ts'
import { asPage, crowdedReply, failedReply, foreignReply, limitedReply, send, sentenceReply } from './replies.ts'
import { createRouteLimits, type LimiterParts, type RouteLimits } from './route-limits.ts'
import { createSubmissions, type Submissions, type Submit } from './submissions.ts'
import { acceptOnly, isForeign, wireOf } from './wire.ts'

/** What mounting needs of the house. */
export interface MountHouse extends LimiterParts {
  readonly submit: Submit
  /** The answer that this delivery once got, or null. */
  readonly answerTo: (delivery: Delivery) => Promise<Answer | null>
  /** Takes down what a messenger tells of a message of ours; rejects where the store is broken. */
  readonly noteCallback: (channel: string, callback: Callback) => Promise<void>
  readonly pages: PageContext
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
export function mountChannel(app: FastifyInstance, { name, prefix, routes }: MountedChannel, house: MountHouse): void {
  for (const route of routes) {
    const mounted = mountedRoute(name, route, house)
    app.register(async (scope) => {
      await acceptOnly(scope, mediaTypeOf(route))
      if (route.kind === 'upload') scope.addHook('onRequest', strangersOut(name, route, house))
      scope.route({
        method: route.method,
        url: prefix + route.path,
        ...(route.bodyBytesMax !== undefined && { bodyLimit: route.bodyBytesMax }),
        handler: (request, reply) => answer(request, reply, mounted),
      })
    })
  }
}

function mountedRoute(name: string, route: Route, house: MountHouse): Steps {
  if (route.kind === 'upload') {
    const steps = (request: WireRequest) => route.upload(request, { ...house.pages, ...house.uploads })
    return { name, house, failed: undefined, steps }
  }
  const limits = createRouteLimits<never>(route.limits ?? [], house)
  if (route.kind === 'page') {
    const steps = (request: WireRequest) => pageSteps({ name, route, limits, house }, request)
    return { name, house, failed: route.failed, steps }
  }
  const mounted = { name, route, limits, house, submissions: createSubmissions<never>(limits, house) }
  return { name, house, failed: route.failed, steps: (request) => intakeSteps(mounted, request) }
}

function mediaTypeOf(route: Route) {
  if (route.kind === 'intake') return route.mediaType
  if (route.kind === 'upload') return route.method === 'POST' ? 'any' : 'none'
  return route.method === 'POST' ? 'application/x-www-form-urlencoded' : 'none'
}

/** Nobody fills our memory with a file before we know who it is. */
function strangersOut(name: string, { authenticate }: UploadRoute, house: MountHouse) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (authenticate(wireOf(request))) return undefined
    const said = turnedAway({ name, house }, 'unauthentic', emptyReply(403))
    house.metrics.replied(name, said.status)
    return send(reply, said)
  }
}

interface Mounted<R> {
  readonly name: string
  readonly route: R
  readonly limits: RouteLimits<never>
  readonly house: MountHouse
}

interface MountedIntake extends Mounted<IntakeRoute<never>> {
  readonly submissions: Submissions<never>
}

interface Steps {
  readonly name: string
  readonly steps: (request: WireRequest) => Promise<WireReply>
  readonly failed: PageRoute['failed'] | undefined
  readonly house: MountHouse
}

/** Runs the steps; what they throw is our failure, never the caller's: 503, so that the message comes again. */
async function answer(request: FastifyRequest, reply: FastifyReply, mounted: Steps): Promise<void> {
  const wire = wireOf(request)
  let said: WireReply
  try {
    said = isForeign(wire.headers) ? foreignReply : await mounted.steps(wire)
  } catch (error) {
    said = failed(error, wire, mounted)
  }
  mounted.house.metrics.replied(mounted.name, said.status)
  send(reply, isPage(said) ? asPage(said) : said)
}

function failed(error: unknown, wire: WireRequest, mounted: Steps): WireReply {
  if (error instanceof GatewayBusy) return turnedAway(mounted, 'crowded', pageOr(crowdedReply, mounted.failed, wire))
  mounted.house.failed(mounted.name, error)
  return turnedAway(mounted, 'failed', pageOr(failedReply, mounted.failed, wire))
}

/** People are shown the route's own page, if it has one. */
function pageOr(reply: WireReply, failed: PageRoute['failed'] | undefined, request: WireRequest): WireReply {
  return failed === undefined ? reply : { ...failed(request), status: reply.status }
}

async function pageSteps({ name, route, limits, house }: Mounted<PageRoute>, request: WireRequest): Promise<WireReply> {
  const limited = limits as RouteLimits<WireRequest>
  if (limited.isUsedUp(request, request)) {
    house.turnedAway(name, 'limited')
    return asPage(route.tooMany?.(request) ?? limitedReply)
  }
  limited.count('every', request, request)
  return asPage(await route.page(request, house.pages))
}

/** authenticate → parse → read → limit → submit → count → log → reply. */
async function intakeSteps(mounted: MountedIntake, request: WireRequest): Promise<WireReply> {
  const { name, route, house, limits } = mounted
  const startedMs = house.monotonicMs()
  if (!route.authenticate(request)) return turnedAway(mounted, 'unauthentic', emptyReply(403))
  const parsed: never | Unreadable | null = route.parse(request, house.pages)
  if (parsed === null) return turnedAway(mounted, 'unreadable', emptyReply(400))
  if (isUnreadable(parsed)) return turnedAway(mounted, 'unreadable', sentenceReply(400, parsed.unreadable))
  const asksTooOften = limits.isUsedUp(parsed, request)
  const wire = route.collect === undefined || asksTooOften ? parsed : await route.collect(parsed, house.pages)
  const delivery = route.read(wire, house.pages)
  if (delivery === null) return noMessage(mounted, wire)
  // What came at once may have used it up while something was fetched.
  const isOver = asksTooOften || (route.collect !== undefined && limits.isUsedUp(wire, request))
  const usedUp = isOver && !mounted.submissions.hasInFlight(delivery)
  if (!usedUp && house.crowd.isFull())
    return turnedAway(mounted, 'crowded', pageOr(crowdedReply, route.failed, request))
  const answered = usedUp
    ? await answeredBefore(delivery, house)
    : await mounted.submissions.submit(delivery, wire, request)
  if (answered === null) return turnedAway(mounted, 'limited', route.tooMany?.(wire) ?? limitedReply)
  const outcome = outcomeHeader(answered.answer.outcomes)
  note(name, answered, { outcome, ms: house.monotonicMs() - startedMs, house })
  return withOutcome(route.reply(answered.answer, wire, house.pages), outcome)
}

/** An event that is no message; what it tells of a message of ours is taken down first. */
async function noMessage(mounted: Mounted<IntakeRoute<never>>, wire: never): Promise<WireReply> {
  const { name, route, house } = mounted
  const callback = route.callback?.(wire) ?? null
  if (callback !== null) await house.noteCallback(name, callback)
  return turnedAway(mounted, 'no_message', route.ignored?.(wire, house.pages) ?? emptyReply(200))
}

function turnedAway(
  { name, house }: Pick<Mounted<unknown>, 'name' | 'house'>,
  why: TurnedAway,
  reply: WireReply,
): WireReply {
  house.turnedAway(name, why)
  return reply
}

/** Nobody who brings a message again is told that he asks too often; null: this one is new. */
async function answeredBefore(delivery: Delivery, house: MountHouse): Promise<Received | null> {
  const answer = await house.answerTo(delivery)
  return answer === null ? null : { answer, repeated: true }
}

interface Noted {
  readonly outcome: string
  /** Milliseconds from the request to its answer. */
  readonly ms: number
  readonly house: MountHouse
}

function note(channel: string, received: Received, { outcome, ms, house }: Noted): void {
  const { answer, repeated } = received
  house.metrics.answered(channel, received, ms / 1000)
  const tookMs = Math.round(ms * 10) / 10
  house.log.info({ channel, outcome, ms: tookMs, submission: answer.submissionId, repeated }, 'answered')
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
