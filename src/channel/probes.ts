import type { Probe } from './define-channel.ts'
import { signAsTwilio } from './signatures.ts'

/** What `doctor` sends, and where; it leaves no reading and gets `none;code=HELP`. */
type Harmless<Content> = Pick<Probe, 'what' | 'path'> & Content

/** Who signs as Twilio does, and where the gateway is. */
export interface TwilioSigner {
  readonly authToken: string
  readonly publicUrl: string
}

/** A signed webhook, as `doctor` sends it through a route of Twilio's. */
export function twilioProbe(
  { authToken, publicUrl }: TwilioSigner,
  { what, path, fields }: Harmless<{ readonly fields: Readonly<Record<string, string>> }>,
): Probe {
  return {
    what,
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signAsTwilio(authToken, publicUrl, path, fields),
    },
    body: new URLSearchParams(fields).toString(),
    expects: 'none;code=HELP',
  }
}

/** JSON under a bearer token, as `doctor` sends it through a route of other providers. */
export function bearerProbe(token: string, { what, path, json }: Harmless<{ readonly json: object }>): Probe {
  return {
    what,
    path,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(json),
    expects: 'none;code=HELP',
  }
}
