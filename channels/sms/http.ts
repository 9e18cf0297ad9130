import { z } from 'zod'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { jsonBody } from '../../src/channel/bodies.ts'
import {
  intakeRoute,
  type Probe,
  type Route,
  type RouteContext,
  type Unreadable,
  type WireReply,
  type WireRequest,
} from '../../src/channel/define-channel.ts'
import { PROBE_NUMBER, senderPhone } from '../../src/channel/phone.ts'
import { bearerProbe } from '../../src/channel/probes.ts'
import { broughtLate } from '../../src/channel/received-at.ts'
import { jsonReply } from '../../src/channel/replies.ts'
import { bearerToken } from '../../src/channel/signatures.ts'
import type { Answer, Delivery } from '../../src/core/delivery.ts'
import { instantOf, msOfRfc3339 } from '../../src/core/instant.ts'
import { BODY_BYTES_MAX, guessing, PROBE_TEXT, TOO_MANY_TEXT } from './limits.ts'

/** A message as any provider's adapter passes it on. */
const HttpMessage = z.object({
  /** The provider's message id: text, since a 64-bit number would lose its last digits. */
  id: z.string().min(1).max(128),
  from: z.string().min(1).max(64),
  to: z.string().max(64),
  text: z.string(),
  /** RFC 3339; when the provider took the message, where that was not just now. */
  receivedAt: z.string().max(64).nullish(),
})
type HttpMessage = z.infer<typeof HttpMessage>

/** The route of every other provider: JSON under a bearer token, answered in JSON. */
export function httpRoute(token: string): Route {
  return intakeRoute<HttpMessage>({
    path: '/http',
    mediaType: 'application/json',
    bodyBytesMax: BODY_BYTES_MAX,
    limits: [guessing(({ from }) => from)],
    authenticate: bearerToken(token),
    parse: parsed,
    read: deliveryOf,
    reply: json,
    tooMany: () => json({ text: TOO_MANY_TEXT, outcomes: [] }),
  })
}

/** The message that `doctor` sends through this route. */
export function httpProbe(token: string, probeId: string): Probe {
  const json = { id: `doctor-${probeId}`, from: PROBE_NUMBER, to: PROBE_NUMBER, text: PROBE_TEXT }
  return bearerProbe(token, { what: 'messages from other SMS providers', path: '/channels/sms/http', json })
}

const parseFields = jsonBody(HttpMessage)

function parsed(request: WireRequest, context: RouteContext): HttpMessage | Unreadable {
  const message = parseFields(request)
  if ('unreadable' in message) return message
  const { receivedAt = null } = message
  if (receivedAt === null) return message
  const at = msOfRfc3339(receivedAt)
  if (at === null) return { unreadable: NO_INSTANT }
  const unreadable = outOfRange(at, context)
  return unreadable === null ? { ...message, receivedAt: instantOf(at) } : { unreadable }
}

const NO_INSTANT = 'receivedAt is no RFC 3339 instant; send for example 2026-11-22T03:00:00Z, or leave it out.'

/** Clocks of two computers may differ by that much. */
const FUTURE_MS_MAX = 5 * 60_000

/** Longer than a period and its late messages: what is older belongs to a bill that is closed. */
const AGE_MS_MAX = 45 * 24 * 3_600_000

function outOfRange(at: number, { now, clockIsSet }: RouteContext): string | null {
  if (clockIsSet) return null
  const age = Date.parse(now()) - at
  if (age < -FUTURE_MS_MAX) return 'receivedAt lies in the future; set the clock, or leave receivedAt out.'
  if (age > AGE_MS_MAX) return 'receivedAt is more than 45 days ago; pass such a message to an operator.'
  return null
}

/** The prefix keeps ids of several providers apart. */
function deliveryOf(message: HttpMessage, context: RouteContext): Delivery {
  const now = context.now()
  const { id, from, text } = message
  const receivedAt = message.receivedAt ?? now
  return {
    channel: 'sms',
    eventChannel: 'SMS',
    deliveryId: `http:${id}`,
    receivedAt,
    // A clock that was set does not say how late a message is.
    ...(context.clockIsSet ? {} : broughtLate(receivedAt, now)),
    sender: from,
    phone: senderPhone(from),
    said: { text },
    language: 'ru',
  }
}

function json({ text, outcomes }: Pick<Answer, 'text' | 'outcomes'>): WireReply {
  return jsonReply({ reply: text, outcome: outcomeHeader(outcomes) })
}
