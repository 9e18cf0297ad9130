import type { RouteLimit } from '../../src/channel/define-channel.ts'

/** A text message has at most 10 parts of 67 characters and Twilio 1,600 characters; percent-encoded, 9 bytes each. */
export const BODY_BYTES_MAX = 16_384

/** What a sender reads who only tries numbers; one part (70 characters). */
export const TOO_MANY_TEXT = 'Слишком много сообщений. Попробуйте снова через час.'

/** Understood as a call for help, so that nothing is taken down. */
export const PROBE_TEXT = 'помощь'

/** Who sends 30 messages an hour in which nothing is accepted is guessing accounts; an honest family is not hindered. */
export function guessing<Wire>(from: (wire: Wire) => string | undefined): RouteLimit<Wire> {
  return {
    most: 30,
    counts: 'unsettled',
    key: (wire) => from(wire) ?? null,
  }
}
