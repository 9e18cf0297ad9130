import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Authenticate } from '../../src/channel/signatures.ts'

/** HMAC-SHA256 in hex; Viber writes small letters, and the same number in capitals proves as much. */
const HEX_SHA256 = /^[0-9a-f]{64}$/i

/** `X-Viber-Content-Signature`: over the body's bytes as they came, under the bot's token. */
export function viberSignature(authToken: string): Authenticate {
  return ({ headers, body }) => {
    const given = headers['x-viber-content-signature']
    if (typeof given !== 'string' || !HEX_SHA256.test(given)) return false
    return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(signAsViber(authToken, body), 'hex'))
  }
}

/** Signs as Viber does; `doctor` puts it into the header. */
export function signAsViber(authToken: string, body: string | Buffer): string {
  return createHmac('sha256', authToken).update(body).digest('hex')
}
