/** A whole text to what it claims: which account each part is about (rules 3–6, 9, 10). Pure. */
import type { Outcome } from '../../../schemas/outcome.ts'
import type { Account } from '../../core/facts.ts'
import type { Facts } from '../../core/store.ts'
import { isNumeric, type NumberToken, type Token, unglued } from '../../language/token.ts'
import { isSameAccount, type NamedAccount } from '../accounts.ts'
import type { House } from '../house.ts'
import { activeMeters, meterInText } from '../meters.ts'
import {
  accountAtHead,
  accountSpans,
  bareOldSpan,
  isCalledAccount,
  type Span,
  strangerSpan,
  unknownAccount,
} from './account-spans.ts'
import { namesMeter } from './elements.ts'
import { type Found, type Known, readGroup } from './group.ts'
import { isOfSerial, serialTo } from './serials.ts'

/** A part of a text that leads to no account, or to several. */
export interface Unplaced {
  readonly problem: Outcome
  /** The account number as it was given, or null. */
  readonly submitted: string | null
  /** Accounts that it may be, where there are several. */
  readonly candidates: readonly Account[]
  readonly tokens: readonly Token[]
}

/** A part of a text: what it claims of a meter, or why it leads to no account. */
export type Understood = Found | Unplaced

/** Whether it led to an account. */
export function isFound(part: Understood): part is Found {
  return 'named' in part
}

/** What a text is read by besides its tokens. */
export interface Scene {
  readonly facts: Facts
  readonly house: House
  /** Accounts of the sender's phone. */
  readonly senders: readonly Account[]
  /** The account that the conversation is about, and what it knows of its meter. */
  readonly about: { readonly named: NamedAccount; readonly known: Known } | null
}

/** Nothing is known but the account. */
export const nothingKnown: Known = { meter: null, isNamed: false, asksMeter: false }

/** Every part of a text in its order; empty where there is nothing to claim in it. */
export function understand(tokens: readonly Token[], scene: Scene): readonly Understood[] {
  const known = accountSpans(tokens, scene.facts, scene.house.isShaped)
  if (known.length > 0) {
    const groups = groupsOf(tokens, withStrangers(tokens, known, scene))
    return groups.flatMap((group) => partsOfGroup(group, scene))
  }
  const choosesMeter = scene.about?.known.asksMeter === true && tokens.some(({ kind }) => kind === 'service')
  return tokens.some(isNumeric) || choosesMeter ? withoutAccount(tokens, scene) : []
}

interface Group {
  readonly spans: readonly Span[]
  readonly tokens: readonly Token[]
}

/** Each account with the tokens behind it, or before it where the text ends in an account. */
function groupsOf(tokens: readonly Token[], spans: readonly Span[]): readonly Group[] {
  const merged = sameAccounts(spans)
  const [only, another] = merged
  if (only !== undefined && another === undefined) return [{ spans: only, tokens: withoutSpans(tokens, only) }]
  const areBefore = tokens.slice(0, spans[0]?.from).some(isNumeric) && !tokens.slice(spans.at(-1)?.to).some(isNumeric)
  const ends = merged.map((own, at) => (areBefore ? own.at(-1)?.to : merged[at + 1]?.[0]?.from) ?? tokens.length)
  return merged.map((own, at) => {
    const [from, to] = [ends[at - 1] ?? 0, ends[at] ?? 0]
    const isInside = (index: number) => own.some((span) => index >= span.from && index < span.to)
    return { spans: own, tokens: tokens.filter((_, index) => index >= from && index < to && !isInside(index)) }
  })
}

function withoutSpans(tokens: readonly Token[], spans: readonly Span[]): readonly Token[] {
  return tokens.flatMap((token, at) => {
    const span = spans.find(({ from, to }) => at >= from && at < to)
    if (span === undefined) return spans.some(({ to }) => to === at) ? unglued(token) : token
    // What a comma had joined to the account is a number of its own.
    const isJoined = at === span.to - 1 && token.kind === 'number' && token.fraction !== null
    return isJoined ? { ...token, text: token.fraction, fraction: null, glue: null, prefix: null, said: null } : []
  })
}

/** Spans side by side, or all spans, that may be one account: old and new number, number and ЕЛС. */
function sameAccounts(spans: readonly Span[]): Span[][] {
  const groups: Span[][] = []
  for (const span of spans) {
    const last = groups.at(-1)
    if (last && meet([...last, span]).length > 0) last.push(span)
    else groups.push([span])
  }
  return groups
}

/** Accounts that all spans may mean. */
function meet(spans: readonly Span[]): readonly Account[] {
  const [first, ...rest] = spans
  return (first?.accounts ?? []).filter((account) =>
    rest.every(({ accounts }) => accounts.some((one) => isSameAccount(one, account))),
  )
}

function partsOfGroup({ spans, tokens }: Group, scene: Scene): readonly Understood[] {
  const best = spans.find(({ isOld }) => !isOld) ?? (spans[0] as Span)
  if (best.accounts.length === 0) return [unknownPart(best.text, tokens)]
  const account = onlyOne(meet(spans), tokens, scene)
  if (account === null) return [accountNeeded(tokens, best.accounts, best.text)]
  const isSenders = scene.senders.some((one) => isSameAccount(one, account))
  const named: NamedAccount = { account, submitted: best.text, isOld: best.isOld, isSenders }
  return readAccount(tokens, { named, known: knownOf(account, scene) }, scene)
}

/** One account's tokens; all of them are refused where an old number led there and its branch refuses those (rule 5). */
export function readAccount(
  tokens: readonly Token[],
  { named, known }: NonNullable<Scene['about']>,
  { house }: Pick<Scene, 'house'>,
): readonly Found[] {
  const parts = readGroup(tokens, named, known)
  const isRefused = named.isOld && house.branches.get(named.account.branch)?.oldAccounts === 'refuse'
  return isRefused ? parts.map((part) => ({ ...part, problem: OLD_ACCOUNT })) : parts
}

const OLD_ACCOUNT: Outcome = { kind: 'rejected', code: 'OLD_ACCOUNT' }

/** Whether a part is refused for its old account number alone. */
export function isOldRefused({ problem }: Understood): boolean {
  return problem === OLD_ACCOUNT
}

function unknownPart(text: string, tokens: readonly Token[]): Unplaced {
  return { problem: { kind: 'rejected', code: 'ACCOUNT_UNKNOWN' }, submitted: text, candidates: [], tokens }
}

/**
 * Accounts in the text beside known ones that the registry doesn't know: labelled so, with an old number's letters, or
 * of an account's form before a value, where they could be no other meter of the known accounts.
 */
function withStrangers(tokens: readonly Token[], known: readonly Span[], { house, facts }: Scene): readonly Span[] {
  const strangers: Span[] = []
  const isFree = (at: number) => isNumeric(tokens[at]) && !known.some(({ from, to }) => at >= from && at < to)
  const isPlaced = (at: number, { startsLine }: NumberToken) => {
    if (at === 0) return known.some(({ to }) => isFree(to))
    // What stands right behind an account in its line is the serial of its meter.
    if (!startsLine && [...known, ...strangers].some(({ to }) => to === at)) return false
    const isBetween = tokens.some((_, before) => before < at && isFree(before))
    const isSingle = (account: Account) => activeMeters(account).length === 1
    return isBetween && (startsLine || known.every(({ accounts }) => accounts.every(isSingle)))
  }
  for (const [at, token] of tokens.entries()) {
    if (!isNumeric(token) || token.kind === 'bad' || !isFree(at)) continue
    const isGiven =
      token.kind === 'code'
        ? isCalledAccount(token)
        : token.said === 'account' || (house.isShaped(token.text) && isFree(at + 1) && isPlaced(at, token))
    if (!isGiven) continue
    const isSerial = known.some(({ accounts }) => accounts.some((account) => isOfSerial(tokens, at, account)))
    if (!isSerial) strangers.push(strangerSpan({ from: at, to: at + 1, text: token.text }, facts))
  }
  return strangers.length === 0 ? known : [...known, ...strangers].sort((a, b) => a.from - b.from)
}

/** Rule 5: where several accounts are meant, a serial or the sender's phone may leave one. */
function onlyOne(accounts: readonly Account[], tokens: readonly Token[], scene: Scene): Account | null {
  if (accounts.length === 1) return accounts[0] ?? null
  const withSerial = accounts.filter((account) => namesMeter(tokens, account))
  if (withSerial.length === 1) return withSerial[0] ?? null
  const senders = accounts.filter((account) => scene.senders.some((one) => isSameAccount(one, account)))
  return senders.length === 1 ? (senders[0] ?? null) : null
}

function knownOf(account: Account, { about }: Scene): Known {
  return about !== null && isSameAccount(about.named.account, account) ? about.known : nothingKnown
}

/** Rule 6: no account in the text, so the conversation's, or the sender's. */
function withoutAccount(tokens: readonly Token[], scene: Scene): readonly Understood[] {
  const likely = scene.about === null ? scene.senders : [scene.about.named.account]
  const given = unknownAccount(tokens, scene.house.isShaped)
  const isSerial = given !== null && likely.some((account) => meterInText(account, given.text))
  const isLabelled =
    given !== null &&
    tokens.some(
      (token, at) => at === given.from && token.kind !== 'bad' && (token.kind !== 'number' || token.said === 'account'),
    )
  const span = given === null || isSerial ? null : strangerSpan(given, scene.facts)
  if (span !== null && (scene.about === null || isLabelled || span.isOld)) {
    const others = [...tokens.slice(0, span.from), ...tokens.slice(span.to)]
    return partsOfGroup({ spans: [span], tokens: others }, scene)
  }
  if (scene.about !== null) return readAccount(tokens, scene.about, scene)
  if (scene.senders.length === 0) return strangersText(tokens, scene)
  const account = onlyOne(scene.senders, tokens, { ...scene, senders: [] })
  if (account === null) return withSerials(tokens, scene) ?? [accountNeeded(tokens, scene.senders)]
  // Among several the last 4 digits chose it, or the serial: the phone named none (rule 6).
  const isSenders = scene.senders.length === 1
  const named = { account, submitted: account.account, isOld: false, isSenders }
  return readAccount(tokens, { named, known: nothingKnown }, scene)
}

/** Serials of several of the sender's accounts, each before its values (rules 6, 9, 10); null: the text begins with none. */
function withSerials(tokens: readonly Token[], scene: Scene): readonly Understood[] | null {
  const spans = tokens.flatMap((_, at): Span[] => {
    const [account, another] = scene.senders.filter((one) => serialTo(tokens, at, one) > at)
    if (account === undefined || another !== undefined) return []
    return [{ from: at, to: at, text: account.account, accounts: [account], isOld: false }]
  })
  if (spans.length === 0 || spans[0]?.from !== tokens.findIndex(isNumeric)) return null
  return groupsOf(tokens, spans).flatMap((group) => partsOfGroup(group, scene))
}

function accountNeeded(
  tokens: readonly Token[],
  candidates: readonly Account[],
  submitted: string | null = null,
): Unplaced {
  return { problem: { kind: 'asked', code: 'ACCOUNT_NEEDED' }, submitted, candidates, tokens }
}

/** An old number of digits only counts where nothing else names an account. */
function strangersText(tokens: readonly Token[], scene: Scene): readonly Understood[] {
  const span = bareOldSpan(tokens, scene.facts)
  if (span !== null) return partsOfGroup({ spans: [span], tokens: tokens.slice(span.to) }, scene)
  const given = accountAtHead(tokens)
  return [given === null ? accountNeeded(tokens, []) : unknownPart(given.text, tokens.slice(given.to))]
}
