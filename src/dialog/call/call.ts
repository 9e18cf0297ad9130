/** One step of a call: what the caller did, what becomes of it, and what is said next (rules 31, 32). Pure. */
import type { CallEnd, CallInput, Spoken } from '../../core/call.ts'
import type { Delivery } from '../../core/delivery.ts'
import { eventId, submissionId } from '../../core/event.ts'
import type { Decision, Facts, Lookup } from '../../core/store.ts'
import { accountsOfPhone, withFound } from '../accounts.ts'
import type { House } from '../house.ts'
import { type JudgedPart, type Part, settle, settleAlone } from '../items-and-events.ts'
import { accountAnswered, phoneAnswered, serialAnswered, started } from './account.ts'
import { type Answered, accountsIn, wishOf } from './listen.ts'
import { spoken } from './messages.ru.ts'
import { meterAnswered, nextAnswered } from './meter.ts'
import { hungUp, type Move, missed, repeated, toOperator } from './moves.ts'
import { handoverOf, knownPrompts } from './operator.ts'
import type { Prompt } from './prompts.ts'
import { canBeAsked, questionOf } from './questions.ts'
import { keptDelivery, registryAway } from './registry-away.ts'
import { type CallMoment, type CallStage, type CallState, callBefore, newCall, STEPS_MAX, storedCall } from './state.ts'
import { confirmAnswered, valueAnswered } from './values.ts'

/** What must be looked up for an input of a call, besides the caller's phone. */
export function callKeys(input: CallInput, house: House): Pick<Lookup, 'accounts' | 'aliases'> {
  return input.kind === 'answered' ? accountsIn(input, house) : { accounts: [], aliases: [] }
}

/** Decides what becomes of a step of a call; its `sender` is the call. */
export function decideCall(delivery: Delivery, input: CallInput, facts: Facts, house: House): Decision {
  const before = callBefore(delivery, facts)
  const submission = submissionId(delivery.channel, delivery.deliveryId)
  const ofAliases = callKeys(input, house).aliases.flatMap((alias) => facts.byAlias(alias))
  const own = withFound(facts, [...accountsOfPhone(delivery, facts), ...ofAliases])
  const moment: CallMoment = { delivery, facts: own, house, submission, state: before ?? newCall }
  if (input.kind === 'operator' || input.kind === 'unattended') return told(moment, input.kind)
  if (input.kind === 'answered' && isStray(moment.state, input)) return asBefore(moment)
  return decided(moment, moveOf(moment, input), input.kind === 'ended' && before !== null)
}

/** Whether it answers another question than the one that waits; its own answer, where it had one, is in the store. */
function isStray({ stage, step, asked }: CallState, input: Answered): boolean {
  return stage !== 'over' && asked > 0 && input.step !== null && input.step !== step
}

/** What waits is asked once more, and goes on waiting. */
function asBefore(moment: CallMoment): Decision {
  const asked = questionOf(moment)
  const expect = { ...asked.expects, step: moment.state.step }
  const part: Part = { outcome: { kind: 'asked', code: asked.code }, item: asked.item }
  return aside(moment, part, { say: asked.prompts.map(spoken), expect })
}

type Turning = Exclude<CallInput, { kind: 'operator' | 'unattended' }>

function moveOf(moment: CallMoment, input: Turning): Move {
  const { stage, asked } = moment.state
  if (input.kind === 'ended') return hungUp(moment)
  if (stage === 'over') return farewell(moment)
  if (asked === 0) return started(moment)
  return input.kind === 'started' ? repeated(moment) : answered(moment, input, ANSWERED[stage])
}

type Answering = (moment: CallMoment, input: Answered) => Move

const ANSWERED: Readonly<Record<Exclude<CallStage, 'over'>, Answering>> = {
  phone: phoneAnswered,
  account: accountAnswered,
  serial: serialAnswered,
  meter: meterAnswered,
  next: nextAnswered,
  value: valueAnswered,
  confirm: confirmAnswered,
}

function answered(moment: CallMoment, input: Answered, answering: Answering): Move {
  const wish = wishOf(input)
  if (wish === 'OPERATOR' || moment.state.asked >= STEPS_MAX) return toOperator(moment)
  if (wish === 'REPEAT' && canBeAsked(moment)) return repeated(moment)
  if (wish === 'SILENCE' && canBeAsked(moment)) return missed(moment, { say: 'silent' })
  if (moment.facts.registry !== 'ready') return registryAway(moment, input)
  const move = answering(moment, input)
  return wish === 'UNKNOWN' ? toldOfOperator(move) : move
}

/** «Не знаю» was understood: who can help is said instead. */
function toldOfOperator(move: Move): Move {
  return { ...move, says: move.says.map((prompt) => (prompt.say === 'unclear' ? { say: 'operatorKey' } : prompt)) }
}

/** A step of a call that is over for us. */
function farewell({ state }: CallMoment): Move {
  return { state, says: [{ say: 'goodbye' }], parts: [{ outcome: { kind: 'none', code: 'HELP' } }], ends: 'goodbye' }
}

function decided(moment: CallMoment, move: Move, isEnded: boolean): Decision {
  const { delivery, submission } = moment
  const asked = move.ends === null ? questionOf({ ...moment, state: move.state }) : null
  const parts: readonly Part[] =
    move.parts.length > 0 || asked === null
      ? move.parts
      : [{ outcome: { kind: 'asked', code: asked.code }, item: asked.item }]
  const { answer, readings, events } = settle(delivery, parts, readingId(moment))
  const count = moment.state.asked + 1
  const step = `${count}-${submission.slice(0, 8)}`
  const opens = asked !== null && move.state.values.length > 0
  const state = { ...move.state, asked: count, step, holding: opens ? submission : null }
  const saidNow: Spoken = {
    say: [...move.says, ...(asked?.prompts ?? [])].map(spoken),
    expect: asked === null ? null : { ...asked.expects, step },
    ...(move.ends === 'operator' && { transfer: handoverOf(move.state) }),
    ...(isEnded && { closed: closedAs(move, moment) }),
  }
  return {
    delivery: keptDelivery(moment, parts),
    answer: { ...answer, text: '', spoken: saidNow },
    readings,
    events,
    conversation: delivery.sender === null ? undefined : storedCall(state, delivery.receivedAt),
    settles: moment.state.holding === null ? [] : [moment.state.holding],
    opens,
  }
}

/** A reading's event is named by call and meter; further ones of the same meter in one call by their number. */
function readingId({ delivery, state }: CallMoment): (part: JudgedPart) => string {
  return ({ claim }) => {
    const { meter } = claim.meter
    return eventId(delivery.channel, `${delivery.sender}/${meter}`, state.done[meter] ?? 0)
  }
}

function closedAs({ state }: Move, { state: before }: CallMoment): CallEnd {
  return before.stage === 'over' ? before.end : state.end
}

/** What an operator is told who takes over, or the caller where none does. */
function told(moment: CallMoment, input: 'operator' | 'unattended'): Decision {
  const says: readonly Prompt[] = input === 'operator' ? knownPrompts(moment.state) : [{ say: 'noOperator' }]
  return aside(moment, { outcome: { kind: 'none', code: 'HELP' } }, { say: says.map(spoken), expect: null })
}

/** Something is said, and the call stays where it is. */
function aside({ delivery }: CallMoment, part: Part, said: Spoken): Decision {
  const alone = settleAlone(delivery, [part])
  return { ...alone, answer: { ...alone.answer, spoken: said } }
}
