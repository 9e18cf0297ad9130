/** Which tokens of a text are an account: the registry settles it (rules 3–5, 9). */
import type { Account } from '../../core/facts.ts'
import type { Facts } from '../../core/store.ts'
import { aliasKey, writtenAccount } from '../../language/normalise.ts'
import { isNumeric, type NumberToken, type Token } from '../../language/token.ts'
import { meaningOf } from '../../language/words.ts'
import type { IsAccountShaped } from '../accounts.ts'

/** Tokens that may make one identity together, and how long it may be. */
export const WINDOW_TOKENS_MAX = 10
const WINDOW_LETTERS_MAX = 24
/** How many keys one text may look up. */
const KEYS_MAX = 40
/** Old numbers without letters are looked up only from this length on: shorter ones are readings. */
export const OLD_DIGITS_MIN = 5

/** Tokens from `from` up to `to` (exclusive) that name an account, or several where an old number leads to several. */
export interface Span {
  readonly from: number
  readonly to: number
  /** As rule 3 writes it. */
  readonly text: string
  readonly accounts: readonly Account[]
  readonly isOld: boolean
}

/** Runs of digits beginning at `at` that may be one number written in groups: one token, then two, and so on. */
export function windowsAt(tokens: readonly Token[], at: number): { to: number; text: string }[] {
  const first = tokens[at]
  if (first?.kind !== 'number') return []
  const windows = [{ to: at + 1, text: first.text }]
  let text = first.text
  let last: NumberToken = first
  for (let to = at + 1; to < tokens.length && to < at + WINDOW_TOKENS_MAX; to++) {
    const next = tokens[to]
    if (next?.kind !== 'number' || next.glue === null || last.fraction !== null) break
    if (text.length + next.text.length > WINDOW_LETTERS_MAX) break
    text += next.glue === '/' ? `/${next.text}` : next.text
    if (text.length > WINDOW_LETTERS_MAX) break
    windows.push({ to: to + 1, text })
    last = next
  }
  return windows
}

/** What must be looked up so that `accountSpans` can be asked. */
export function accountKeys(
  tokens: readonly Token[],
  isShaped: IsAccountShaped,
): { accounts: string[]; aliases: string[] } {
  const accounts: string[] = []
  const aliases: string[] = []
  for (let at = 0; at < tokens.length && accounts.length + aliases.length < KEYS_MAX; at++) {
    const token = tokens[at] as Token
    if (token.kind === 'code') aliases.push(aliasKey(token.text))
    for (const { text } of windowsAt(tokens, at)) {
      if (!isShaped(text)) continue
      accounts.push(text)
      // Somebody's old number may have that form too; one at the head is looked up below.
      if (at > 0) aliases.push(text)
    }
    if (token.kind === 'number') for (const { text } of oldNumbersOf(tokens, at)) aliases.push(text)
  }
  return { accounts: cutTo(KEYS_MAX, accounts), aliases: cutTo(KEYS_MAX, aliases) }
}

function cutTo(max: number, keys: string[]): string[] {
  return keys.length > max ? keys.slice(0, max) : keys
}

const NO_OLD_NUMBERS: readonly { to: number; text: string }[] = []

/** Old numbers that may begin at `at`: with the letters before them, also in groups (`АС 673 833`), or bare at the head. */
function oldNumbersOf(tokens: readonly Token[], at: number): readonly { to: number; text: string }[] {
  const token = tokens[at]
  if (token?.kind !== 'number') return []
  const { prefix } = token
  const isBare = (token.said === 'account' || at === 0) && token.text.length >= OLD_DIGITS_MIN
  if (prefix === null && !isBare) return NO_OLD_NUMBERS
  const lettered =
    prefix === null ? [] : windowsAt(tokens, at).map(({ to, text }) => ({ to, text: aliasKey(prefix + text) }))
  return isBare ? [...lettered, { to: at + 1, text: token.text }] : lettered
}

/** The accounts that the registry knows in a text, in its order. */
export function accountSpans(tokens: readonly Token[], facts: Facts, isShaped: IsAccountShaped): readonly Span[] {
  const spans: Span[] = []
  let at = 0
  while (at < tokens.length) {
    const span = spanAt(tokens, at, facts, isShaped)
    if (span) spans.push(span)
    at = span ? span.to : at + 1
  }
  return spans
}

function spanAt(tokens: readonly Token[], at: number, facts: Facts, isShaped: IsAccountShaped): Span | null {
  const token = tokens[at] as Token
  if (token.kind === 'code') return aliasSpan({ from: at, to: at + 1, text: token.text }, facts)
  if (token.kind !== 'number') return null
  for (const { to, text } of windowsAt(tokens, at)) {
    const accounts = isShaped(text) ? facts.byAccount(text) : undefined
    if (accounts !== undefined && accounts.length > 0) return { from: at, to, text, accounts, isOld: false }
  }
  for (const { to, text } of oldNumbersOf(tokens, at)) {
    const isGiven = token.said === 'account' || text !== token.text
    const from = text !== token.text && isWord(tokens[at - 1], token) ? at - 1 : at
    const old = isGiven ? aliasSpan({ from, to, text }, facts) : null
    if (old) return old
  }
  return null
}

/** `ГВ 358503`, `ПП-041246`: the letters of an old number, read as a label or service, are its own. */
function isWord(before: Token | undefined, { prefix }: NumberToken): boolean {
  const meaning = prefix === null ? undefined : meaningOf(prefix)
  if (before?.kind === 'label') return meaning?.does === 'register' && before.zone === meaning.zone
  return before?.kind === 'service' && meaning?.does === 'service'
}

/** A code with an old account's form, or that the text calls an account. */
export function isCalledAccount(token: Token): boolean {
  return token.kind === 'code' && (token.accountShaped || token.said === 'account')
}

/** A number that the text calls a serial: labels win over form and order (rule 9). */
export function isCalledSerial(token: Token): boolean {
  return token.kind === 'number' && token.said === 'meter'
}

/** An old number of digits only, at the head of a text that names no account otherwise. */
export function bareOldSpan(tokens: readonly Token[], facts: Facts): Span | null {
  const [first] = tokens
  if (first?.kind !== 'number' || first.minus || first.text.length < OLD_DIGITS_MIN) return null
  if (isCalledSerial(first)) return null
  return aliasSpan({ from: 0, to: 1, text: first.text }, facts)
}

/** What was given as an account and is none: an old number of an account's form, or nobody's. */
export function strangerSpan(named: Pick<Span, 'from' | 'to' | 'text'>, facts: Facts): Span {
  return aliasSpan(named, facts) ?? { ...named, accounts: [], isOld: false }
}

function aliasSpan(named: Pick<Span, 'from' | 'to' | 'text'>, facts: Facts): Span | null {
  const key = aliasKey(named.text)
  const accounts = facts.byAlias(key)
  if (accounts.length === 0) return null
  const isOld = accounts.some(({ oldAccount }) => oldAccount === key)
  return { ...named, text: writtenAccount(named.text), accounts, isOld }
}

/** The first token that was given as an account and is none: labelled so, or of an account's form and no label (rule 3). */
export function unknownAccount(
  tokens: readonly Token[],
  isShaped: IsAccountShaped,
): { from: number; to: number; text: string } | null {
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (isCalledSerial(token)) continue
    if (token.kind === 'code' && isCalledAccount(token)) return { from: at, to: at + 1, text: token.text }
    const shaped = windowsAt(tokens, at).find(({ text }, size) => isShaped(text) && (size === 0 || text.includes('/')))
    if (shaped) return { from: at, ...shaped }
    if (token.kind === 'number' && token.said === 'account') return { from: at, to: at + 1, text: token.text }
  }
  return null
}

/** No serial is as long as 10 or 11 digits, or longer than 15; a value has 8 at most. */
const SERIAL_LENGTHS: ReadonlySet<number> = new Set([8, 9, 12, 13, 14, 15])
const VALUE_DIGITS_MAX = 8

/**
 * What begins a text of several numbers where the account stands, and can be neither a value nor a serial: given as an
 * account (rule 3). Before another long number, which is the serial, it is one at any length.
 */
export function accountAtHead(tokens: readonly Token[]): { from: number; to: number; text: string } | null {
  const [first, ...others] = tokens
  if (!isNumeric(first) || first.kind === 'bad' || isCalledSerial(first) || !others.some(isNumeric)) return null
  const given = { from: 0, to: 1, text: first.text }
  if (first.kind === 'code') return /^(?:\d{2})?\p{Lu}{2}\d{4,}/u.test(first.text) ? given : null
  if (first.minus || first.text.length <= VALUE_DIGITS_MAX) return null
  const hasSerial = others.some((token) => token.kind === 'number' && SERIAL_LENGTHS.has(token.text.length))
  return hasSerial || !SERIAL_LENGTHS.has(first.text.length) ? given : null
}
