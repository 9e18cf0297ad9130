/**
 * One turn of a conversation by text (rules 8–15): what becomes of its parts, which questions are settled, which stay
 * open. Pure.
 *
 * Numbers are read first, for they say most (`numbers`). A text without them is a stop or start, a no (`refused`), a yes
 * to what was asked (`confirmedTurn`), a yes where a number was asked for (`repeated`), or nothing: then help is said.
 */
import type { Code } from '../../../schemas/codes.ts'
import type { Outcome } from '../../../schemas/outcome.ts'
import { withoutZeros } from '../../core/decimal.ts'
import type { Delivery } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import { heldForRegistry } from '../../core/judged-later.ts'
import type { Facts } from '../../core/store.ts'
import { isNumeric, type Lexed } from '../../language/token.ts'
import type { Found } from '../claims/group.ts'
import { isFound, type Scene, type Understood } from '../claims/understand.ts'
import { onRegisters } from '../claims/values.ts'
import type { House } from '../house.ts'
import { outcomeOf, type Part } from '../items-and-events.ts'
import { aboutOf, continued } from './answered.ts'
import { isClear, isMereYes, isNo, isPlainOne, isSaidOf } from './consent.ts'
import { goesOn, holdsReading, isConfirmable, isDoubt, type Open, type State, wasHeard } from './state.ts'
import { knownFor, stillKnown } from './still-known.ts'
import { circumstances, judgedInTurn, type Said, verdictOf } from './verdicts.ts'

/** What a turn comes to. */
export interface Turn {
  readonly parts: readonly Part[]
  readonly state: State
  /** Questions of earlier submissions that need no answer any more. */
  readonly settled: readonly Open[]
}

/** A text, and all that its turn is decided by. */
export interface Message {
  readonly delivery: Delivery
  readonly lexed: Lexed
  readonly state: State
  readonly facts: Facts
  readonly house: House
  /** Accounts that count as the sender's (rule 6): those of the phone, or those that a chat is bound to. */
  readonly senders: readonly Account[]
}

/** Answers one message in its conversation. */
export function converse(message: Message): Turn {
  const { delivery, lexed, state, facts, house } = message
  const confirmable = waitsForMeter(state) ? [] : state.open.filter(isConfirmable)
  const isOne = state.open.some(isDoubt) && isPlainOne(lexed)
  if (!isOne && (lexed.tokens.some(isNumeric) || choosesMeter(lexed, state))) {
    return numbers(lexed.words.stop > 0 ? { ...message, state: { ...state, optedOut: true } } : message)
  }
  if (lexed.words.stop > 0) return plain({ ...state, optedOut: true }, 'OPT_OUT')
  if (lexed.words.start > 0) return plain({ ...state, optedOut: false }, 'HELP')
  if (isNo(lexed)) return refused(message)
  const isYes = (isOne || lexed.words.yes > 0) && isClear(lexed)
  if (isYes && confirmable.length > 0) {
    return confirmedTurn(
      message,
      confirmable.filter((open) => isSaidOf(open, lexed.tokens, facts)),
    )
  }
  const asksNumber = state.open.length > 0 && confirmable.length === 0
  const isRepeated = asksNumber && isMereYes(lexed) && goesOn(state, delivery.receivedAt, house.limits)
  return isRepeated ? repeated(message) : plain(state, 'HELP')
}

/** Which of several doubted meters a new value is of, was asked last: a yes says nothing of that, nor of what it replaces. */
function waitsForMeter({ open: [first, ...others] }: State): boolean {
  if (first?.code !== 'METER_NEEDED' || first.about === null || !holdsReading(first)) return false
  const doubted = others.filter((one) => isConfirmable(one) && one.about?.account === first.about?.account)
  return doubted.some((one) => doubted.some((other) => other !== one && other.submission === one.submission))
}

/** «Свет» to the question which meter it is: rule 6 lets the service name it. */
function choosesMeter({ tokens }: Lexed, { open }: State): boolean {
  return tokens.some(({ kind }) => kind === 'service') && open.some(({ code }) => code === 'METER_NEEDED')
}

function plain(state: State, code: Code): Turn {
  return { parts: [{ outcome: { kind: 'none', code } }], state, settled: [] }
}

/** «Нет» alone: the proposal is dropped, account and serial stay known for the conversation (rule 14). */
function refused({ state, lexed, facts }: Message): Turn {
  const asked = state.open.filter(wasHeard)
  // «Вода нет» refuses the water's only, where that was asked about; «день нет» the whole reading.
  const services = lexed.tokens.filter(({ kind }) => kind === 'service')
  const meant = asked.filter((open) => isSaidOf(open, services, facts))
  const settled = meant.length > 0 ? meant : asked
  if (settled.length === 0) return plain(state, 'HELP')
  const kept = settled.find(({ about }) => about !== null)?.about ?? state.kept
  const open = state.open.filter((one) => !settled.includes(one))
  return { ...plain({ ...state, open, kept }, 'CANCELLED'), settled }
}

/** A confirming word to a question that needs a number: the question once more, while the registry has its meter. */
function repeated({ state, facts, delivery, house }: Message): Turn {
  const parts: Part[] = []
  const settled: Open[] = []
  for (const open of state.open.filter((one) => !isConfirmable(one))) {
    const found = foundOf(open, facts)
    const outcome = { kind: 'asked', code: open.code } as const
    const part = found === null ? { outcome } : verdictOf(found, circumstances({ delivery, facts, house }, open)).part
    parts.push(part)
    if (outcomeOf(part).kind !== 'asked') settled.push(open)
  }
  return { parts, state: { ...state, open: state.open.filter((open) => !settled.includes(open)) }, settled }
}

function foundOf(open: Open, facts: Facts): Found | null {
  const about = aboutOf(open, facts)
  if (about === null) return null
  const { meter, isNamed } = about.known
  const problem = meter === null ? missingMeter(open) : null
  return { named: about.named, meter, isNamed, values: open.values, tokens: [], problem }
}

/** Rule 7: what was asked about is on that account no more; or which meter it is, is what was asked. */
function missingMeter({ about, code }: Open): Outcome {
  return about?.meter == null ? { kind: 'asked', code } : { kind: 'rejected', code: 'METER_MISMATCH' }
}

/** «Да»: the proposed values where there is a proposal, else the typed ones (rule 14). */
function confirmedTurn(message: Message, confirmable: readonly Open[]): Turn {
  const { state } = message
  if (message.facts.registry !== 'ready') return plainHeld(state)
  const answered: Open[] = []
  const said = judgedInTurn(confirmable, message, (open, facts) => {
    const { meter, values } = open.proposal ?? { meter: open.about?.meter ?? '', values: open.values }
    const found = foundOf({ ...open, about: open.about && { ...open.about, meter }, values }, facts)
    if (found === null) return null
    answered.push(open)
    const about = circumstances({ ...message, facts }, withYes(open))
    return verdictOf(found, { ...about, proposalTaken: open.proposal !== null })
  })
  if (said.length === 0) return plain(state, 'HELP')
  const others = state.open.filter((open) => !answered.includes(open))
  const open = [...said.flatMap((one) => one.open ?? []), ...others]
  return { parts: said.map(({ part }) => part), state: { ...state, open }, settled: answered }
}

/** What a yes to a question hands on. */
function withYes({ valuesAt, confirmed, code }: Open): Pick<Open, 'valuesAt' | 'confirmed'> {
  return { valuesAt, confirmed: [...confirmed, code] }
}

/** A message with numbers in it. */
function numbers(message: Message): Turn {
  const { delivery, lexed, state, facts, house, senders } = message
  if (facts.registry !== 'ready') return plainHeld(state)
  const live = goesOn(state, delivery.receivedAt, house.limits)
  const about = state.kept === null ? null : knownFor(lexed, state.kept, { facts, senders })
  const scene: Scene = { facts, house, senders, about }
  const { parts, answers, keepsValues } = continued(lexed.tokens, live ? state.open : [], scene)
  if (parts.length === 0) return plain(state, 'HELP')
  const isYes = answers !== null && parts.length === 1 && agrees(lexed, parts[0], answers)
  const given = circumstances(message, isYes ? withYes(answers) : keepsValues ? plainAnswer(answers) : null)
  const said = judgedInTurn(parts, given, (part, known) =>
    verdictOf(part, { ...given, facts: known, proposalTaken: insists(part, answers) }),
  )
  const opened = said.flatMap(({ open }) => open ?? [])
  const settled = state.open.filter((open) => open === answers || said.some((one) => replaces(one, open)))
  const left = stillOpen(state.open, opened).filter(
    (open) => !settled.includes(open) && !said.some((one) => isTaken(one, open.proposal?.meter, open)),
  )
  const after = { ...state, open: [...opened, ...left], kept: stillKnown(parts, said) }
  return { parts: said.map(({ part }) => part), state: after, settled }
}

/**
 * What a new question leaves open of those before it: a yes is good for a day (rule 13), unless it could be meant for the
 * new one; and numbers are an answer to that.
 */
function stillOpen(before: readonly Open[], opened: readonly Open[]): readonly Open[] {
  if (opened.length === 0) return before
  return opened.some(isConfirmable) ? [] : before.filter(isDoubt)
}

/** What an answered question hands on: when its values came; a yes to it is a yes to those values only. */
function plainAnswer(answers: Open | null): Pick<Open, 'valuesAt' | 'confirmed'> | null {
  return answers && { valuesAt: answers.valuesAt, confirmed: [] }
}

/** The very values that a proposal was made for, sent again: then these are asked about, and nothing is proposed. */
function insists(part: Understood, answers: Open | null): boolean {
  return answers?.proposal != null && answers.code !== 'BAD_VALUE' && repeats(part, answers)
}

/**
 * «Да, 20296»: a yes with the very values that were asked about. Below the last billed value they alone are one: the
 * customer insists (rule 18).
 */
function agrees({ words }: Lexed, part: Understood | undefined, answers: Open): boolean {
  if (words.no + words.doubt + words.either > 0 || answers.proposal !== null || !isConfirmable(answers)) return false
  if (words.yes === 0 && answers.code !== 'BELOW_PREVIOUS') return false
  return part !== undefined && repeats(part, answers)
}

/** Each with its label, or without it in the registers' order. */
function repeats(part: Understood, { about, values }: Open): boolean {
  if (!isFound(part) || part.meter === null || part.meter.meter !== about?.meter) return false
  const { registers } = part.meter
  const typed = (some: Open['values']) =>
    onRegisters(some, registers)
      .map(({ register, value, bad }) => `${register} ${withoutZeros(value)} ${bad === null}`)
      .sort()
      .join()
  return typed(part.values) === typed(values)
}

/** A reading of the same meter takes the place of what was asked about it. */
export function replaces({ part, open: asked }: Said, open: Open): boolean {
  if (open.about?.meter == null) return false
  if (asked !== null) return asked.about?.meter === open.about.meter && asked.about.account === open.about.account
  return isTaken({ part }, open.about.meter, open)
}

/** Whether there is a reading of that meter of the question's account now: nothing else is to be proposed for it. */
function isTaken({ part }: Pick<Said, 'part'>, meter: string | undefined, { about }: Open): boolean {
  if (!('verdict' in part)) return false
  const { outcome } = part.verdict
  if (outcome.kind !== 'accepted' && outcome.kind !== 'duplicate') return false
  return part.claim.meter.meter === meter && part.claim.account.account === about?.account
}

/** Rule 25: kept, and judged later. */
function plainHeld(state: State): Turn {
  return { parts: [{ outcome: heldForRegistry }], state, settled: [] }
}
