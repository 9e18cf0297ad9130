import { signAsTwilio } from '../../src/channel/signatures.ts'
import { httpToken, ivrToken, publicUrl, twilioToken } from '../http/house.ts'
import type { RawRequest } from './contract.ts'

/** Twilio's webhook with all the fields that it sends; `more` come last and win. */
export function fromTwilio(
  id: string | undefined,
  text: string,
  more: Readonly<Record<string, string>> = {},
): RawRequest {
  const fields = {
    ToCountry: 'RU',
    ToState: '',
    NumMedia: '0',
    FromZip: '',
    SmsStatus: 'received',
    FromCountry: 'RU',
    To: '+79990000000',
    NumSegments: '1',
    AccountSid: 'AC00000000000000000000000000000000',
    ApiVersion: '2010-04-01',
    From: '+79990000001',
    ...(id !== undefined && { MessageSid: id, SmsSid: id, Body: text }),
    ...more,
  }
  return signedForm('/channels/sms/twilio', fields)
}

/** Fields as a form, signed for the path. */
export function signedForm(url: string, fields: Readonly<Record<string, string>>): RawRequest {
  const proof = signAsTwilio(twilioToken, publicUrl, url, fields)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': proof }
  return { url, headers, body: new URLSearchParams(fields).toString() }
}

/** Any other provider's JSON; `more` come last and win. */
export function fromProvider(
  id: string | undefined,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): RawRequest {
  const message = { id, from: '+79990000002', to: '+79990000000', text, ...more }
  return providerBody(JSON.stringify(message))
}

/** A body under the provider's token. */
export function providerBody(body: string): RawRequest {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${httpToken}` }
  return { url: '/channels/sms/http', headers, body }
}

/** What happened in a call, as any other telephony platform's JSON. */
export function fromPlatform(body: Readonly<Record<string, unknown>> | string): RawRequest {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ivrToken}` }
  return { url: '/channels/ivr/http', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
}
