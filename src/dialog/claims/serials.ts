/** Where serials stand in a text, in one piece or in groups (rules 3 and 9). Pure. */
import type { Account } from '../../core/facts.ts'
import type { Token } from '../../language/token.ts'
import { meterInText } from '../meters.ts'
import { WINDOW_TOKENS_MAX, windowsAt } from './account-spans.ts'

/** A serial of digits that begins at `at`, and behind which token it ends; what a comma had joined to it comes loose again. */
export function serialAt(tokens: readonly Token[], at: number, account: Account) {
  const first = tokens[at]
  if (first?.kind !== 'number') return null
  for (const { to, text } of windowsAt(tokens, at)) {
    // «ВК-140001»: the letters before it may be the serial's own.
    const meter =
      meterInText(account, text) ?? (first.prefix === null ? null : meterInText(account, first.prefix + text))
    if (!meter) continue
    const last = tokens[to - 1]
    return { meter, to, fraction: last?.kind === 'number' ? last.fraction : null }
  }
  return null
}

/** Behind which token the serial ends that begins at `at`; `at`: none begins there. */
export function serialTo(tokens: readonly Token[], at: number, account: Account): number {
  const token = tokens[at]
  if (token?.kind === 'code') return meterInText(account, token.text) ? at + 1 : at
  return serialAt(tokens, at, account)?.to ?? at
}

/** Whether a token is a serial, or a group of one: `1320-744759197`. */
export function isOfSerial(tokens: readonly Token[], at: number, account: Account): boolean {
  const first = Math.max(0, at + 1 - WINDOW_TOKENS_MAX)
  return tokens.slice(first, at + 1).some((_, nth) => serialTo(tokens, first + nth, account) > at)
}
