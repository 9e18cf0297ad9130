import { z } from 'zod'
import { formBody } from '../../src/channel/bodies.ts'
import { intakeRoute, type Probe, type Route } from '../../src/channel/define-channel.ts'
import { e164, PROBE_NUMBER } from '../../src/channel/phone.ts'
import { type TwilioSigner, twilioProbe } from '../../src/channel/probes.ts'
import { twimlReply } from '../../src/channel/replies.ts'
import { twilioSignature } from '../../src/channel/signatures.ts'
import { twimlMessage } from '../../src/channel/twiml.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { BODY_BYTES_MAX, guessing, PROBE_TEXT, TOO_MANY_TEXT } from './limits.ts'

/** The fields that matter of Twilio's webhook; it sends twenty more, and may add others at any time. */
const TwilioMessage = z.object({
  MessageSid: z.string().min(1).max(64).optional(),
  From: z.string().min(1).max(64).optional(),
  Body: z.string().optional(),
  /** `received` for a message of a customer; a status callback says `sent`, `delivered`, `failed`… */
  SmsStatus: z.string().optional(),
})
type TwilioMessage = z.infer<typeof TwilioMessage>

/** Twilio's webhook for incoming messages: form body, signed; answered in TwiML. */
export function twilioRoute(authToken: string, publicUrl: string): Route {
  return intakeRoute<TwilioMessage>({
    path: '/twilio',
    mediaType: 'application/x-www-form-urlencoded',
    bodyBytesMax: BODY_BYTES_MAX,
    limits: [guessing(({ From }) => From)],
    authenticate: twilioSignature(authToken, publicUrl),
    parse: formBody(TwilioMessage),
    read: (message, { now }) => deliveryOf(message, now()),
    reply: ({ text }) => twimlReply(twimlMessage(text)),
    tooMany: () => twimlReply(twimlMessage(TOO_MANY_TEXT)),
  })
}

/** The signed message that `doctor` sends through Twilio's route. */
export function messageProbe(signer: TwilioSigner, probeId: string): Probe {
  const fields = { MessageSid: `SMdoctor${probeId}`, From: PROBE_NUMBER, Body: PROBE_TEXT, SmsStatus: 'received' }
  return twilioProbe(signer, { what: 'messages from Twilio', path: '/channels/sms/twilio', fields })
}

/** null for status callbacks and events that we don't know. The prefix keeps ids of several providers apart. */
function deliveryOf({ MessageSid, From, Body, SmsStatus }: TwilioMessage, receivedAt: string): Delivery | null {
  if (MessageSid === undefined || From === undefined || Body === undefined) return null
  if (SmsStatus !== undefined && SmsStatus !== 'received' && SmsStatus !== 'receiving') return null
  return {
    channel: 'sms',
    eventChannel: 'SMS',
    deliveryId: `twilio:${MessageSid}`,
    receivedAt,
    sender: From,
    phone: e164(From),
    said: { text: Body },
    language: 'ru',
  }
}
