/** How a chat comes to know its accounts: by a bill's QR, a deep link, the own phone number, account and serial. Pure. */
import type { Outcome } from '../../../schemas/outcome.ts'
import { answeredAt, type Language } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import { normaliseAccount, writtenAccount } from '../../language/normalise.ts'
import { isNumeric, type Lexed, type Token } from '../../language/token.ts'
import { isSameAccount } from '../accounts.ts'
import { SERIAL_DIGITS_USUAL } from '../claims/elements.ts'
import type { Found } from '../claims/group.ts'
import { isFound, isOldRefused, type Unplaced, understand } from '../claims/understand.ts'
import { aboutOf } from '../conversation/answered.ts'
import type { About, State } from '../conversation/state.ts'
import { accountsOf } from '../form-meter.ts'
import type { Part } from '../items-and-events.ts'
import { activeMeters, meterBySerial } from '../meters.ts'
import { bareSentence, messagesIn } from '../render.ts'
import { placed, waitingQuestion } from './answers.ts'
import { tail } from './buttons.ts'
import { bind, boundAccounts, type ChatState } from './state.ts'
import { asksFor, boundMeter, type ChatMoment, type ChatTurn, chatMessagesIn, plainTurn } from './turn.ts'
import { closedTurn } from './window.ts'

/** A chat after some accounts were bound to it, and what is said of it. */
export interface Bound {
  readonly chat: ChatState
  readonly says: readonly string[]
}

/** Binds accounts; says which, or that there is no room. */
function bindAll({ chat, language }: ChatMoment, accounts: readonly Account[], isAsked: boolean): Bound {
  const messages = chatMessagesIn(language)
  return accounts.reduce<Bound>(
    (before, account) => {
      const after = bind(before.chat, account)
      const isKnown = before.chat.bindings.some((one) => isSameAccount(one, account))
      if (after !== before.chat) return { chat: after, says: [...before.says, messages.bound(tail(account.account))] }
      if (!isAsked) return before
      const said = isKnown ? messages.boundAlready(tail(account.account)) : messages.bindingsFull
      return { chat: after, says: [...new Set([...before.says, said])] }
    },
    { chat: { ...chat, binding: null }, says: [] },
  )
}

/** The own phone number was shared: the registry's accounts of it are bound, and values that waited for one are judged. */
export function contactTurn(moment: ChatMoment, phone: string): ChatTurn {
  const messages = chatMessagesIn(moment.language)
  if (moment.facts.registry !== 'ready') return plainTurn(moment, { says: [messages.registryAway] })
  const accounts = moment.facts.byPhone(phone)
  if (accounts.length === 0) return plainTurn(moment, { says: [messages.contactUnknown] })
  const bound = bindAll(moment, accounts, true)
  const turn = placedByPhone({ ...moment, chat: bound.chat })
  return turn === null ? plainTurn(moment, bound) : { ...turn, says: [...turn.says, ...bound.says] }
}

/** Rule 6: with one account and one active meter there, the value alone is enough. null: none waits, or there are more. */
function placedByPhone(moment: ChatMoment): ChatTurn | null {
  const waiting = waitingQuestion(moment)
  const [account, another] = boundAccounts(moment.chat, moment.facts)
  const [meter, second] = account === undefined ? [] : activeMeters(account)
  const isAnyones = waiting !== null && waiting.about === null && waiting.candidates.length === 0
  if (!isAnyones || account === undefined || meter === undefined) return null
  if (another !== undefined || second !== undefined) return null
  return placed(moment, waiting, boundMeter(account, meter.meter))
}

/** Account, and perhaps serial, of a bill: binds where both are there, and asks for the value. */
export function identityTurn(moment: ChatMoment, given: { account: string; meter: string | null }): ChatTurn {
  const { facts, language, house } = moment
  if (facts.registry !== 'ready') return plainTurn(moment, { says: [chatMessagesIn(language).registryAway] })
  const found = accountOf(moment, given)
  const { rejected, asked } = messagesIn(language)
  if (found === null) return plainTurn(moment, { says: [bareSentence(rejected.ACCOUNT_UNKNOWN)] })
  if (found === 'several') return plainTurn(moment, { says: [bareSentence(asked.ACCOUNT_NEEDED)] })
  const { account, isOld } = found
  if (isOld && house.branches.get(account.branch)?.oldAccounts === 'refuse')
    return plainTurn(moment, { says: [bareSentence(rejected.OLD_ACCOUNT)] })
  const meter = given.meter === null ? null : meterBySerial(account, given.meter)
  if (given.meter !== null && meter === null)
    return plainTurn(moment, { says: [bareSentence(rejected.METER_MISMATCH)] })
  const active = meter?.status === 'ACTIVE' ? meter : null
  const isBound = moment.chat.bindings.some((one) => isSameAccount(one, account))
  if (meter === null && moment.chat.binding !== null && !isBound && waitingQuestion(moment) === null)
    return serialAsked(moment, account)
  const chat = { ...moment.chat, binding: null }
  const bound = meter === null ? { chat, says: [] } : bindAll(moment, [account], false)
  return prefilled({ ...moment, chat: bound.chat }, { ...found, meter: active?.meter ?? null }, bound.says)
}

/** The values of that account's meter come next; those that waited for it are judged now. */
function prefilled(
  moment: ChatMoment,
  { account, isOld, submitted, meter }: Given & { readonly meter: string | null },
  says: readonly string[],
): ChatTurn {
  const isSenders = moment.chat.bindings.some((one) => isSameAccount(one, account))
  const [only, another] = activeMeters(account)
  const single = another === undefined ? (only?.meter ?? null) : null
  if (only === undefined) return plainTurn(moment, { says: [...says, chatMessagesIn(moment.language).noMeters] })
  const about: About = {
    ...boundMeter(account, null),
    submitted,
    isOld,
    isSenders,
    meter: meter ?? single,
    isNamed: meter !== null || (isSenders && single !== null),
  }
  const waiting = waitingQuestion(moment)
  const isOther = waiting?.about != null && !isSameAccount(waiting.about, account)
  const turn = waiting === null || isOther ? null : placed(moment, waiting, about)
  if (turn !== null) return { ...turn, says: [...turn.says, ...says] }
  return closedTurn(moment, [account], says) ?? plainTurn(moment, { state: asksFor(moment, about), says })
}

/** The account of a bill, and how the bill calls it. */
interface Given {
  readonly account: Account
  readonly isOld: boolean
  readonly submitted: string
}

/** By number first, else by old number or ЕЛС; the serial decides between several. */
function accountOf(
  { facts }: ChatMoment,
  { account, meter }: { account: string; meter: string | null },
): Given | 'several' | null {
  const { accounts, isOld } = accountsOf(account, facts)
  const withSerial = meter === null ? [] : accounts.filter((one) => meterBySerial(one, meter) !== null)
  const [found, another] = accounts.length > 1 && withSerial.length > 0 ? withSerial : accounts
  if (found === undefined) return null
  const submitted = found.account === normaliseAccount(account) ? found.account : writtenAccount(account)
  return another === undefined ? { account: found, isOld, submitted } : 'several'
}

/** «Привязать счёт»: account and serial, in one message or in two. null: the text is something else. */
export function bindingTurn(moment: ChatMoment, lexed: Lexed): ChatTurn | null {
  const { chat, facts, house, language } = moment
  const messages = chatMessagesIn(language)
  if (chat.binding === null || facts.registry !== 'ready') return null
  const about =
    chat.binding.account === null ? null : aboutOf({ about: chat.binding.account, code: 'METER_NEEDED' }, facts)
  const read = (of: typeof about) => understand(lexed.tokens, { facts, house, senders: [], about: of })
  const parts = read(about)
  const [part] = parts
  if (parts.length !== 1 || part === undefined) return null
  const isSaid = lexed.words.value > 0 || lexed.tokens.some(({ kind }) => kind === 'label' || kind === 'service')
  if (!isFound(part) && isReadingOf(part, isSaid)) return null
  if (!isFound(part) || isOldRefused(part))
    return plainTurn(moment, { says: [unknown(part.problem, language), messages.howToBind] })
  const { account } = part.named
  if (part.values.length > 0 && part.isNamed) return null
  // A number alone answers the question for the serial.
  if (isReading(part) && (isSaid || read(null).every(isFound))) return null
  if (part.meter !== null && part.isNamed) return plainTurn(moment, bindAll(moment, [account], true))
  return serialAsked(moment, account, part.problem?.kind === 'rejected' ? [unknown(part.problem, language)] : [])
}

/** «ACCOUNT VALUE»: numbers that fit on the account's dials are a reading, and no serial with a slip of the pen. */
function isReading({ named: { account }, tokens }: Found): boolean {
  const registers = activeMeters(account).flatMap((meter) => meter.registers)
  const digitsMax = Math.max(0, ...registers.map(({ digits }) => digits))
  const numbers = tokens.filter((token) => token.kind !== 'label')
  return numbers.length > 0 && numbers.every(({ text }) => text.length <= digitsMax)
}

/** Values that are called so, or stand with an old number of several accounts, while it is not known whose they are. */
function isReadingOf({ problem, submitted, tokens }: Unplaced, isSaid: boolean): boolean {
  const isValue = (token: Token) =>
    (token.kind === 'bad' || (token.kind === 'number' && token.said !== 'meter')) &&
    token.text.length < SERIAL_DIGITS_USUAL
  return problem.kind === 'asked' && (isSaid || submitted !== null) && tokens.some(isValue)
}

/** The conversation of a text with numbers: while an account is to be bound, it is about the one that was given (rule 13). */
export function aboutBinding({ state, chat }: ChatMoment, tokens: readonly Token[]): State {
  const account = chat.binding?.account ?? null
  return account === null || !tokens.some(isNumeric) ? state : { ...state, kept: account }
}

/** An account is to be bound, and its serial is missing. */
function serialAsked(moment: ChatMoment, account: Account, problem: readonly string[] = []): ChatTurn {
  const { chat, delivery, language } = moment
  const asked: About = { ...boundMeter(account, null), isSenders: false }
  return plainTurn(moment, {
    chat: { ...chat, binding: { at: answeredAt(delivery), account: asked } },
    says: [...problem, chatMessagesIn(language).serialNeeded(tail(account.account))],
  })
}

function unknown(problem: Outcome | null, language: Language): string {
  const { rejected, asked } = messagesIn(language)
  if (problem?.kind === 'asked') return bareSentence(asked.ACCOUNT_NEEDED)
  const code = problem?.kind === 'rejected' ? problem.code : null
  return bareSentence(code === 'METER_MISMATCH' || code === 'OLD_ACCOUNT' ? rejected[code] : rejected.ACCOUNT_UNKNOWN)
}

/** Accounts that a message gave together with a whole serial: whoever has both may as well be bound. */
export function boundByReading(moment: ChatMoment, parts: readonly Part[]): Bound {
  const accounts = parts.flatMap((part) => {
    if (!('verdict' in part) || part.verdict.outcome.kind === 'rejected') return []
    return part.claim.flags.includes('NO_SERIAL') ? [] : [part.claim.account]
  })
  return accounts.length === 0 ? { chat: moment.chat, says: [] } : bindAll(moment, [...new Set(accounts)], false)
}
