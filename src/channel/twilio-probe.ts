import type { Probe } from './define-channel.ts'
import { signAsTwilio } from './signatures.ts'

/** Who signs as Twilio does, and where the gateway is. */
export interface TwilioSigner {
  readonly authToken: string
  readonly publicUrl: string
}

/** What is sent, and where; it leaves no reading and gets `none;code=HELP`. */
export interface TwilioProbe extends Pick<Probe, 'what' | 'path'> {
  readonly fields: Readonly<Record<string, string>>
}

/** A signed webhook, as `doctor` sends it through a route of Twilio's. */
export function twilioProbe({ authToken, publicUrl }: TwilioSigner, { what, path, fields }: TwilioProbe): Probe {
  return {
    what,
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signAsTwilio(authToken, publicUrl, path, fields),
    },
    body: new URLSearchParams(fields).toString(),
    expects: 'none;code=HELP',
  }
}
