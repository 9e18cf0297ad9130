import { z } from 'zod'
import { formBody } from '../../src/channel/bodies.ts'
import { intakeRoute, type Probe, type Route, type WireRequest } from '../../src/channel/define-channel.ts'
import { PROBE_NUMBER } from '../../src/channel/phone.ts'
import { type TwilioSigner, twilioProbe } from '../../src/channel/probes.ts'
import { twimlReply } from '../../src/channel/replies.ts'
import { twilioSignature } from '../../src/channel/signatures.ts'
import { type CallInput, callSteps } from '../../src/core/call.ts'
import type { Answer, Delivery } from '../../src/core/delivery.ts'
import { deliveryOf } from './delivery.ts'
import { BODY_BYTES_MAX, calling, TOO_MANY_TEXT } from './limits.ts'
import { callTwiml, farewellTwiml, type Voice, whisperTwiml } from './voice.ts'

/** The fields that matter of Twilio's voice webhooks; it sends twenty more, and may add others at any time. */
const TwilioCall = z.object({
  CallSid: z.string().min(1).max(64).optional(),
  From: z.string().max(64).optional(),
  Digits: z.string().max(64).optional(),
  SpeechResult: z.string().max(4_000).optional(),
  CallStatus: z.string().max(32).optional(),
  DialCallStatus: z.string().max(32).optional(),
})
type Fields = z.infer<typeof TwilioCall>

/** What came to which of our addresses. */
interface Wire extends Fields {
  /** The step that the address names; null: none. */
  readonly step: string | null
  /** The call that an operator takes over, as its address names it. */
  readonly call: string | null
}

/** Twilio's webhooks of a call: its beginning, each answer, its end, and its transfer to an operator. */
export function twilioRoutes(authToken: string, voice: Voice): readonly Route[] {
  const route = (path: string, inputOf: (wire: Wire) => CallInput | null, reply: Reply): Route =>
    intakeRoute<Wire>({
      path: `/twilio${path}`,
      mediaType: 'application/x-www-form-urlencoded',
      bodyBytesMax: BODY_BYTES_MAX,
      ...(path === '' && { limits: [calling(({ From }: Wire) => From)] }),
      authenticate: twilioSignature(authToken, voice.publicUrl),
      parse: parsed,
      read: (wire, { now }) => readAs(inputOf(wire), wire, now()),
      reply: (answer, wire) => twimlReply(reply(answer, wire)),
      ignored: () => twimlReply(farewellTwiml([])),
      tooMany: () => twimlReply(farewellTwiml([TOO_MANY_TEXT])),
    })
  const script: Reply = (answer, { CallSid = '' }) => callTwiml(answer, CallSid, voice)
  return [
    route('', startedOrEnded, script),
    route('/status', ended, () => farewellTwiml([])),
    ...callSteps.map((step) => route(`/${step}`, answered, script)),
    route('/operator', () => ({ kind: 'operator' }), whisperTwiml),
    route('/transferred', unattended, ({ spoken }) => farewellTwiml(spoken?.say ?? [])),
  ]
}

type Reply = (answer: Answer, wire: Wire) => string

const parseFields = formBody(TwilioCall)

function parsed(request: WireRequest): Wire | null {
  const fields = parseFields(request)
  const { step = null, call = null } = request.query
  return fields === null || (step?.length ?? 0) > 64 || (call?.length ?? 0) > 64 ? null : { ...fields, step, call }
}

function readAs(input: CallInput | null, { CallSid, From = '', call }: Wire, receivedAt: string): Delivery | null {
  const sid = input?.kind === 'operator' ? call : CallSid
  if (input === null || sid === undefined || sid === null) return null
  return deliveryOf({ call: `twilio:${sid}`, from: From, input, receivedAt })
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

function ended({ CallStatus = '' }: Wire): CallInput | null {
  return ENDED.has(CallStatus) ? { kind: 'ended' } : null
}

function startedOrEnded(wire: Wire): CallInput {
  return ended(wire) ?? { kind: 'started' }
}

/** Nothing said on a line that is gone is no silence. */
function answered(wire: Wire): CallInput {
  const { Digits: digits = '', SpeechResult: heard = '', step } = wire
  const isNothing = digits === '' && heard === ''
  return (isNothing ? ended(wire) : null) ?? { kind: 'answered', step, digits, heard }
}

function unattended({ DialCallStatus = '' }: Wire): CallInput | null {
  return DialCallStatus === 'completed' || DialCallStatus === 'answered' ? null : { kind: 'unattended' }
}

/** The end of a call that never began: what `doctor` sends through Twilio's route. */
export function callProbe(signer: TwilioSigner, probeId: string): Probe {
  const fields = { CallSid: `CAdoctor${probeId}`, From: PROBE_NUMBER, CallStatus: 'completed' }
  return twilioProbe(signer, { what: 'calls from Twilio', path: '/channels/ivr/twilio/status', fields })
}
