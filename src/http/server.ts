import type { Socket } from 'node:net'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { WireReply } from '../channel/define-channel.ts'
import { emptyReply } from '../channel/replies.ts'
import type { Metrics } from './metrics.ts'
import { failedReply, foreignReply, send, sentenceReply } from './replies.ts'

/** What the server needs of the house. */
export interface ServerParts {
  /** Proxies whose X-Forwarded-For is believed, when networks are counted; none: nobody's. */
  readonly trustedProxies: readonly string[]
  /** Tells of a request that failed here. */
  readonly failed: (channel: string, error: unknown) => void
  readonly metrics: Metrics
}

/** Twilio's headers take 2 kB; a browser's with cookies of others 4. */
const HEADER_BYTES_MAX = 8_192

/** No address of ours is longer than some hundred characters; a provider's query may add a few. */
const URL_CHARACTERS_MAX = 2_048

/** A whole request has to be here by then; a text message is one packet. */
const REQUEST_MS_MAX = 10_000
const HEADERS_MS_MAX = 5_000
const CONNECTION_IDLE_MS = 30_000

/** Longer than the 60 s after which load balancers let go, so that they are the ones who close. */
const KEEP_ALIVE_MS = 65_000
const CONNECTIONS_MAX = 10_000

/** The HTTP server with every limit set, no route in it yet, and an answer to whatever is no route. */
export function createServer({ trustedProxies, failed, metrics }: ServerParts): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: 16_384,
    requestTimeout: REQUEST_MS_MAX,
    connectionTimeout: CONNECTION_IDLE_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: HEADERS_MS_MAX, connectionsCheckingInterval: 1_000 },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, metrics),
    // An address that can't be read; Fastify's own answer would repeat it, whatever stands in it.
    frameworkErrors: ({ statusCode = 400 }, _request, reply) => {
      metrics.replied('house', statusCode)
      send(reply, emptyReply(statusCode))
    },
  })
  app.server.maxConnections = CONNECTIONS_MAX
  const known = knownMethods(app)
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.length <= URL_CHARACTERS_MAX) return done()
    metrics.replied('house', 414)
    send(reply, emptyReply(414))
  })
  app.setNotFoundHandler((request, reply) => {
    const methods = known(request.url)
    const said = methods === null ? emptyReply(404) : emptyReply(405, { allow: methods })
    metrics.replied('house', said.status)
    return send(reply, said)
  })
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const status = error.statusCode ?? 500
    const theirs = status >= 400 && status < 500
    if (!theirs) failed('house', error)
    metrics.replied('house', theirs ? status : 503)
    return send(reply, theirs ? refusal(status) : failedReply)
  })
  return app
}

function refusal(status: number): WireReply {
  if (status === 413) return sentenceReply(413, 'The body is larger than this address takes.')
  return status === 415 ? foreignReply : emptyReply(status)
}

/** Answers which methods a path has, as `Allow` writes them; null: there is no such path. */
function knownMethods(app: FastifyInstance): (url: string) => string | null {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const of = methods.getOrInsertComputed(url, () => new Set())
    for (const name of [method].flat()) of.add(name)
  })
  return (url) => {
    const found = methods.get(url.split('?', 1)[0] ?? '')
    return found === undefined ? null : [...found].join(', ')
  }
}

const CLIENT_ERRORS: Readonly<Record<string, [status: number, phrase: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/** What is no HTTP, too long or too slow: an answer if the line still takes one, then the end of the connection. */
function refuseConnection(error: Error & { code?: string }, socket: Socket, metrics: Metrics): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, phrase] = CLIENT_ERRORS[error.code ?? ''] ?? [400, 'Bad Request']
  metrics.replied('house', status)
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  socket.destroySoon()
}
