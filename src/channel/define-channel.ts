import type { z } from 'zod'
import type { Answer, Delivery } from '../core/delivery.ts'
import type { Facts, Lookup } from '../core/store.ts'

/** A request as bytes, before anything was believed of it. */
export interface WireRequest {
  readonly method: 'GET' | 'POST'
  /** Path with query, as it came. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: Readonly<Record<string, string>>
  /** Raw body; empty for GET. */
  readonly body: Buffer
  /** Fields of a form body (application/x-www-form-urlencoded), where the route takes one; first value of each name. */
  readonly form: Readonly<Record<string, string>>
}

/** A reply in the channel's own form. */
export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a route may use of the house; no clock, store or server of its own. */
export interface RouteContext {
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
}

/** A route on which submissions come in: authenticate → parse → read → (intake) → reply. */
export interface IntakeRoute<Wire> {
  readonly kind: 'intake'
  readonly method: 'POST'
  /** Below the channel's prefix; empty: the prefix itself. */
  readonly path: string
  readonly mediaType: 'application/x-www-form-urlencoded' | 'application/json'
  readonly bodyBytesMax: number
  /** Constant time, before parsing; false: 403 with an empty body, nothing stored. */
  readonly authenticate: (request: WireRequest) => boolean
  /** null: not parseable, 400. */
  readonly parse: (request: WireRequest) => Wire | null
  /** null: an event that is no message (status callback, unknown type): 200, nothing else. */
  readonly read: (wire: Wire, context: RouteContext) => Delivery | null
  readonly reply: (answer: Answer, wire: Wire, context: RouteContext) => WireReply
  /** What is said in the channel's own form to a sender who asks too often; undefined: 429. */
  readonly tooMany?: (wire: Wire) => WireReply
}

/** A page: no submission in it. */
export interface PageRoute {
  readonly kind: 'page'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly bodyBytesMax: number
  readonly page: (request: WireRequest, house: PageHouse) => Promise<WireReply>
}

/** What a page may ask the house. */
export interface PageHouse extends RouteContext {
  readonly look: (lookup: Lookup) => Promise<Facts>
  readonly answerOf: (submissionId: string) => Promise<Answer | null>
  /** A new random UUID. */
  readonly newId: () => string
}

export type Route = IntakeRoute<never> | PageRoute

/** What a channel is: a value. It sees no server, no store, no Kafka. */
export interface Channel<Env extends z.ZodObject> {
  /** = folder = metric label = test file. */
  readonly name: string
  /** Where its routes hang: `/channels/sms`, `/pokazaniya`. */
  readonly prefix: string
  /** Its own environment variables, each with a sentence; part of the gateway's configuration. */
  readonly env: Env
  /** The routes that are on under that environment; none: the channel is off. */
  readonly routes: (env: z.infer<Env>, house: { readonly publicUrl: string }) => readonly Route[]
}

/** Names a channel's type for the compiler; adds nothing. */
export function defineChannel<Env extends z.ZodObject>(channel: Channel<Env>): Channel<Env> {
  return channel
}

/** Names a route's wire type for the compiler; adds nothing. */
export function intakeRoute<Wire>(route: Omit<IntakeRoute<Wire>, 'kind'>): Route {
  return { kind: 'intake', ...route } as unknown as Route
}
