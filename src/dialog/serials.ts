/** Where the serials of an account's meters stand in a text, in one piece or in groups (rules 3 and 9). Pure. */
import type { Account } from '../core/facts.ts'
import type { Token } from '../language/token.ts'
import { meterInText } from './elements.ts'
import { WINDOW_TOKENS_MAX, windowsAt } from './spans.ts'

/** Behind which token the serial ends that begins at `at`; `at`: none begins there. */
export function serialTo(tokens: readonly Token[], at: number, account: Account): number {
  const token = tokens[at]
  if (token?.kind === 'code') return meterInText(account, token.text) ? at + 1 : at
  return windowsAt(tokens, at).find(({ text }) => meterInText(account, text))?.to ?? at
}

/** Whether a token is a serial, or a group of one: `1320-744759197`. */
export function isOfSerial(tokens: readonly Token[], at: number, account: Account): boolean {
  const first = Math.max(0, at + 1 - WINDOW_TOKENS_MAX)
  return tokens.slice(first, at + 1).some((_, nth) => serialTo(tokens, first + nth, account) > at)
}
