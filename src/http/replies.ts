import type { FastifyReply } from 'fastify'
import type { WireReply } from '../channel/define-channel.ts'
import { emptyReply } from '../channel/replies.ts'

/** A sentence for the programmer of the other side. */
export function sentenceReply(status: number, sentence: string): WireReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${sentence}\n` }
}

/** Another media type than the route's, a packed body, or letters other than UTF-8. */
export const foreignReply = sentenceReply(
  415,
  'This address takes another content-type. Bodies come unpacked, and their text in UTF-8.',
)

/** After our own failure the provider brings the message again; a few seconds let a store come back. */
export const failedReply = emptyReply(503, { 'retry-after': '5' })

/** Too many at once: the crowd is gone in a moment. */
export const crowdedReply = emptyReply(503, { 'retry-after': '1' })

/** Too many from one: an hour is the window of every limit. */
export const limitedReply = emptyReply(429, { 'retry-after': '3600' })

/** What every page carries; its own headers win, above all its Content-Security-Policy. */
const PAGE_HEADERS: WireReply['headers'] = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'cache-control': 'no-store',
}

/** A page's reply with the security headers that it doesn't set itself. */
export function asPage(reply: WireReply): WireReply {
  return { ...reply, headers: { ...PAGE_HEADERS, ...reply.headers } }
}

/** Writes a reply; an empty body has no media type. */
export function send(reply: FastifyReply, { status, headers, body }: WireReply): FastifyReply {
  reply.code(status).headers(headers)
  return body.length === 0 ? reply.send() : reply.send(body)
}
