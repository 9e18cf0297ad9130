import type { z } from 'zod'
import type { Branches } from '../core/branch.ts'
import type { Callback, ChatMessenger } from '../core/chat.ts'
import type { Answer, Delivery } from '../core/delivery.ts'
import type { PrintedSlip } from '../core/printed-slip.ts'
import type { Upload, UploadState } from '../core/scan-result.ts'
import type { Facts, Lookup } from '../core/store.ts'

/** A request as bytes, before anything was believed of it. */
export interface WireRequest {
  /** Path with query, as it came. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: Readonly<Record<string, string>>
  /** Named parts of the route's path (`/result/:id`). */
  readonly params: Readonly<Record<string, string>>
  /** Raw body of a JSON route or an upload; empty for GET and for a form, whose fields stand in `fields`. */
  readonly body: Buffer
  /** Fields of a form body as they came; a name that came several times has all its values. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  /** The same fields, first value of each name. */
  readonly form: Readonly<Record<string, string>>
  /** The caller's network for limits: the IPv4 address, or the first 64 bits of an IPv6 one. Never logged. */
  readonly network: string
}

/** A reply in the channel's own form. Header names in lower case. */
export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** What a route may use of the gateway; no clock, store or server of its own. */
export interface RouteContext {
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  /** Whether that clock was set by CLOCK, so that real instants may lie far from it. */
  readonly clockIsSet: boolean
}

/** How often one sender, account or network may ask in an hour; kept in memory, by keyed hash. */
export interface RouteLimit<Wire> {
  readonly most: number
  /**
   * `every` submission counts, or only the `unsettled` ones: those in which nothing was accepted or a duplicate, or an
   * unknown account or a wrong serial stood beside it.
   */
  readonly counts: 'every' | 'unsettled'
  /** Who is counted; null: not counted. */
  readonly key: (wire: Wire, request: WireRequest) => string | null
}

/** A route on which submissions come in: authenticate → parse → read → (intake) → reply. */
export interface IntakeRoute<Wire> {
  readonly kind: 'intake'
  readonly method: 'POST'
  /** Below the channel's prefix; empty: the prefix itself. */
  readonly path: string
  readonly mediaType: 'application/x-www-form-urlencoded' | 'application/json'
  readonly bodyBytesMax: number
  readonly limits?: readonly RouteLimit<Wire>[]
  /** Constant time, before parsing (rule 29); false: 403 with an empty body, nothing stored. */
  readonly authenticate: (request: WireRequest) => boolean
  /** null: not parseable, 400; `{ unreadable }`: 400 with that sentence for the provider's own log. */
  readonly parse: (request: WireRequest, context: RouteContext) => Wire | Unreadable | null
  /**
   * Fetches what the message only points at: a picture, within bounds of its own, or a question of ours. Rejects only where
   * the gateway does. Not for who asks too often.
   */
  readonly collect?: (wire: Wire, context: PageContext) => Promise<Wire>
  /** null: an event that is no message (status callback, unknown type): 200, nothing else. */
  readonly read: (wire: Wire, context: RouteContext) => Delivery | null
  readonly reply: (answer: Answer, wire: Wire, context: RouteContext) => WireReply
  /** What is said where `read` found no message; undefined: 200 with an empty body. */
  readonly ignored?: (wire: Wire, context: RouteContext) => WireReply
  /** What an event that is no message tells of a message of ours; taken down before the answer. */
  readonly callback?: (wire: Wire) => Callback | null
  /** What is said in the channel's own form to a sender who asks too often; undefined: 429. */
  readonly tooMany?: (wire: Wire) => WireReply
  /** A page for people where the gateway failed, or is too crowded; its status is 503 whatever it says; undefined: an empty body. */
  readonly failed?: (request: WireRequest) => WireReply
}

/** Why a request could not be parsed, in words for the provider's programmer; never quotes the request. */
export interface Unreadable {
  readonly unreadable: string
}

/** A page: no submission in it. */
export interface PageRoute {
  readonly kind: 'page'
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Of what is posted; absent: 16 KiB. */
  readonly bodyBytesMax?: number
  readonly limits?: readonly RouteLimit<WireRequest>[]
  readonly page: (request: WireRequest, context: PageContext) => Promise<WireReply>
  /** What is said to a network that asks too often; undefined: 429 with an empty body. */
  readonly tooMany?: (request: WireRequest) => WireReply
  /** What is shown where the gateway failed; its status is 503 whatever it says; undefined: an empty body. */
  readonly failed?: (request: WireRequest) => WireReply
}

/** What a page may ask the gateway. */
export interface PageContext extends RouteContext {
  readonly look: (lookup: Lookup) => Promise<Facts>
  /** Of a submission of that channel alone: ids are no secret, and a page shows what came by its own. */
  readonly answerOf: (submissionId: string, channel: string) => Promise<Answer | null>
  /** A new random UUID. */
  readonly newId: () => string
}

/** A route that takes files, what is in them is found out later; or one that tells what was. */
export interface UploadRoute {
  readonly kind: 'upload'
  /** GET: asks what became of a file. */
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Of what is posted; absent: 16 KiB. */
  readonly bodyBytesMax?: number
  /** Constant time, by the headers alone, before the body is read; false: 403. */
  readonly authenticate: (request: WireRequest) => boolean
  readonly upload: (request: WireRequest, context: UploadContext) => Promise<WireReply>
}

/** What an upload may ask the gateway. */
export interface UploadContext extends RouteContext {
  /** Takes a scan down, with the ISO instant at which its drop-box was emptied; resolves once it is durable. */
  readonly keepUpload: (bytes: Uint8Array, receivedAt: string) => Promise<Upload>
  /** How an upload stands; null: there is none by that name. */
  readonly uploadState: (id: string) => Promise<UploadState | null>
}

/** What hangs below a channel's prefix. */
export type Route = IntakeRoute<never> | PageRoute | UploadRoute

/** What a channel may do outside the gateway; it comes in from above, a channel has no I/O of its own. */
export interface ChannelIo {
  readonly fetch: typeof fetch
  /** The bytes of each QR code in a picture (PNG, JPEG); empty: there is none, or none was found in time. */
  readonly codesInPicture: (picture: Uint8Array) => Promise<readonly Uint8Array[]>
  /** A paper slip as a PDF for a customer's own printer, with the supplier's name on it. */
  readonly printSlip: (slip: PrintedSlip, supplier: string) => Promise<Buffer>
}

/** What a channel may use of the gateway when its routes are made. */
export interface ChannelContext {
  readonly io: ChannelIo
  readonly branches: Branches
  readonly publicUrl: string
  /** Reads what the channel's pages load, once, and makes routes of it. */
  readonly assets: (files: readonly AssetFile[]) => Assets
}

/** A file that a page loads from us. */
export interface AssetFile {
  /** Below the assets' folder; relative imports between assets resolve by it. */
  readonly path: string
  /** Where it stands, from the repository's root; a `.ts` is sent as JavaScript. */
  readonly file: string
  /** Content-Security-Policy of a worker, which has its own. */
  readonly policy?: string
}

/** Assets as they are served. */
export interface Assets {
  /** Below the channel's prefix, `/assets/x1y2`; changes when one of the files does. */
  readonly folder: string
  readonly routes: readonly PageRoute[]
}

/** What a channel is: a value. It sees no server, no store, no Kafka. */
export interface Channel<Env extends z.ZodObject> {
  /** = folder = metric label. */
  readonly name: string
  /** Where its routes hang: `/channels/sms`, `/pokazaniya`. */
  readonly prefix: string
  /** Its own environment variables, each with a sentence; part of the gateway's configuration. */
  readonly env: Env
  /** The routes that are on under that environment; none: the channel is off. */
  readonly routes: (env: z.infer<Env>, context: ChannelContext) => readonly Route[]
  /** How messages leave for this channel's chats; null: it is off. */
  readonly messenger?: (env: z.infer<Env>, io: ChannelIo) => ChatMessenger | null
  /** How the provider is told where the gateway is; null: the channel is off. */
  readonly webhook?: (
    env: z.infer<Env>,
    context: { readonly publicUrl: string; readonly io: ChannelIo },
  ) => Webhook | null
  /** A request for each route that is on, signed as the provider would, that leaves no reading: what `doctor` sends. */
  readonly probes?: (
    env: z.infer<Env>,
    context: { readonly publicUrl: string; readonly probeId: string },
  ) => readonly Probe[]
}

/** Where a provider brings its events. All resolve with null, or with what the provider said against it. */
export interface Webhook {
  /** Asks whether the provider's API takes our token, and brings its events here; changes nothing. */
  readonly check: () => Promise<WebhookProblem | null>
  readonly set: () => Promise<WebhookProblem | null>
  readonly remove: () => Promise<WebhookProblem | null>
}

/** Why a provider brings no events here, for the operator. */
export interface WebhookProblem {
  readonly says: string
  /** Its API could not be asked: to set the webhook would mend nothing. */
  readonly isAway: boolean
}

/** A request that a channel makes to itself, as its provider would. */
export interface Probe {
  /** What it tries, for the operator: `Twilio's route`. */
  readonly what: string
  /** Path below the gateway's address. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** What is posted; absent: the path is asked for by GET. */
  readonly body?: string
  /** The outcome that shows that it works; null: the status alone. */
  readonly expects: string | null
  /** The status that does; absent: 200. */
  readonly status?: number
}

/** A channel of any environment: what lists hold. */
export type AnyChannel = Channel<z.ZodObject>

/** Names a channel's type for the compiler while it is written; lists know it only by its schema, which has checked its variables. */
export function defineChannel<Env extends z.ZodObject>(channel: Channel<Env>): AnyChannel {
  return channel as unknown as AnyChannel
}

/** Names a route's wire type for the compiler. */
export function intakeRoute<Wire>(route: Omit<IntakeRoute<Wire>, 'kind' | 'method'>): Route {
  return { kind: 'intake', method: 'POST', ...route } as unknown as Route
}
