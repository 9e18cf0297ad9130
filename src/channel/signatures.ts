import { hash, timingSafeEqual } from 'node:crypto'
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { WireRequest } from './define-channel.ts'

/** How a route knows its caller, in constant time, before anything of a request is believed (rule 29): true only for the provider. */
export type Authenticate = (request: WireRequest) => boolean

/** Form fields as Twilio signs them. */
export type SignedFields = WireRequest['fields']

/**
 * Twilio's `X-Twilio-Signature` over the public address, path, query and all form fields. The address as configured
 * is tried first, which costs one HMAC for an honest request; then the package's own variants (port left out or added).
 */
export function twilioSignature(authToken: string, publicUrl: string): Authenticate {
  return ({ headers, url, fields }) => {
    const given = headers['x-twilio-signature']
    if (typeof given !== 'string' || given.length !== SHA1_BASE64_LENGTH) return false
    if (Object.keys(fields).length > FIELDS_MAX) return false
    // HTTP lets a caller write a whole address there; Twilio never does, and behind ours it is none that could be signed.
    if (!url.startsWith('/')) return false
    const address = publicUrl + url
    const expected = getExpectedTwilioSignature(authToken, address, fields)
    return isSameSignature(given, expected) || validateRequest(authToken, given, address, fields)
  }
}

/** Signs as Twilio does: what `doctor`, the demo and the tests put into `X-Twilio-Signature`. `url` begins with a slash. */
export function signAsTwilio(authToken: string, publicUrl: string, url: string, fields: SignedFields): string {
  return getExpectedTwilioSignature(authToken, publicUrl + url, fields)
}

/** `Authorization: Bearer TOKEN`; the scheme's letter case is free (RFC 9110). */
export function bearerToken(token: string): (request: Pick<WireRequest, 'headers'>) => boolean {
  return ({ headers }) => {
    const given = headers['authorization']
    if (typeof given !== 'string' || !/^bearer /i.test(given)) return false
    return equalInConstantTime(given.slice('Bearer '.length).trim(), token)
  }
}

/** Compares two texts in a time that depends on neither: their SHA-256 are compared, so that lengths don't show. */
export function equalInConstantTime(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'))
}

const SHA1_BASE64_LENGTH = 28

/** Written over at each comparison: two new buffers a message would cost it a microsecond. */
const compared = [Buffer.alloc(SHA1_BASE64_LENGTH), Buffer.alloc(SHA1_BASE64_LENGTH)] as const

/** Compares two texts of that length in constant time. Header values have one byte a character. */
function isSameSignature(given: string, expected: string): boolean {
  const [left, right] = compared
  left.write(given, 'latin1')
  right.write(expected, 'latin1')
  return timingSafeEqual(left, right)
}

/** Twilio sends some 25 fields; sorting 8,000, once for each variant, would give a stranger 30 ms of ours. */
const FIELDS_MAX = 200
