import type { RouteLimit } from '../../src/channel/define-channel.ts'
import { senderPhone } from '../../src/channel/phone.ts'

/** Twilio sends some 30 fields; what a recogniser hears in 30 seconds is less than 1,000 letters, percent-encoded 6 bytes each. */
export const BODY_BYTES_MAX = 16_384

/** What a caller hears who calls without end. */
export const TOO_MANY_TEXT = 'С этого телефона слишком много звонков. Позвоните через час.'

/**
 * One phone may be the exchange of a whole company; more than one call in four seconds for an hour is a machine's. Who
 * guesses accounts is stopped within the call: after three in vain an operator takes over.
 */
export function calling<Wire>(startedBy: (wire: Wire) => string | undefined): RouteLimit<Wire> {
  return {
    most: 1_000,
    counts: 'every',
    key: (wire) => senderPhone(startedBy(wire) ?? ''),
  }
}
