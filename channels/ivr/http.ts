import { z } from 'zod'
import { jsonBody } from '../../src/channel/bodies.ts'
import { intakeRoute, type Probe, type Route, type WireReply } from '../../src/channel/define-channel.ts'
import { PROBE_NUMBER } from '../../src/channel/phone.ts'
import { bearerProbe } from '../../src/channel/probes.ts'
import { jsonReply } from '../../src/channel/replies.ts'
import { bearerToken } from '../../src/channel/signatures.ts'
import type { CallInput, Spoken } from '../../src/core/call.ts'
import { deliveryOf } from './delivery.ts'
import { BODY_BYTES_MAX, calling, TOO_MANY_TEXT } from './limits.ts'

/** What happened in a call, as any telephony platform passes it on. */
const HttpCall = z.object({
  callId: z.string().min(1).max(128),
  from: z.string().max(64),
  to: z.string().max(64).nullish(),
  event: z.enum(['start', 'input', 'hangup']),
  /** Keys pressed. */
  digits: z.string().max(64).nullish(),
  /** What the platform's recogniser made of what was said. */
  heard: z.string().max(4_000).nullish(),
  /** `expect.step` of the question that is answered: with it an answer that comes twice counts once. */
  step: z.string().min(1).max(64).nullish(),
})
type HttpCall = z.infer<typeof HttpCall>

/** The route of a platform with a recogniser of its own: JSON under a bearer token, answered in JSON. */
export function httpRoute(token: string): Route {
  return intakeRoute<HttpCall>({
    path: '/http',
    mediaType: 'application/json',
    bodyBytesMax: BODY_BYTES_MAX,
    limits: [calling(({ event, from }) => (event === 'start' ? from : undefined))],
    authenticate: bearerToken(token),
    parse: jsonBody(HttpCall),
    read: ({ callId, from, ...call }, { now }) =>
      deliveryOf({ call: `http:${callId}`, from, input: inputOf(call), receivedAt: now() }),
    reply: ({ spoken }) => json(spoken),
    tooMany: () => json({ say: [TOO_MANY_TEXT], expect: null }),
  })
}

function inputOf({ event, digits, heard, step = null }: Omit<HttpCall, 'callId' | 'from'>): CallInput {
  if (event === 'start') return { kind: 'started' }
  return event === 'hangup' ? { kind: 'ended' } : { kind: 'answered', step, digits: digits ?? '', heard: heard ?? '' }
}

/** The end of a call that never began: what `doctor` sends through this route. */
export function httpProbe(token: string, probeId: string): Probe {
  const json = { callId: `doctor-${probeId}`, from: PROBE_NUMBER, to: PROBE_NUMBER, event: 'hangup' }
  return bearerProbe(token, { what: 'calls from other platforms', path: '/channels/ivr/http', json })
}

function json({ say, expect, transfer }: Spoken = { say: [], expect: null }): WireReply {
  return jsonReply({ say, expect, ...(transfer !== undefined && { transfer: true, known: transfer }) })
}
