/** The values of a meter: read back, judged, and asked about where they are doubtful (rules 11–23, 32). Pure. */
import type { Meter } from '../../core/facts.ts'
import { monthOf } from '../../core/period.ts'
import { lex } from '../../language/lex.ts'
import type { Found } from '../claims/group.ts'
import type { ReadValue } from '../claims/values.ts'
import { typedWord } from '../conversation/consent.ts'
import { converse } from '../conversation/converse.ts'
import { newState, type Open } from '../conversation/state.ts'
import { circumstances, verdictOf } from '../conversation/verdicts.ts'
import { outcomeOf, type Part } from '../items-and-events.ts'
import { heardValue, isBeyondRepair, isTooLong, labelledValues, namedValues, oneValue } from './heard-values.ts'
import { type Answered, consentOf, keyed, namesPlace } from './listen.ts'
import { closedPrompts, nextMeter } from './meter.ts'
import { goOn, goodbye, type Move, missed, toOperator } from './moves.ts'
import type { Prompt } from './prompts.ts'
import { registerAsked } from './questions.ts'
import { type CallMoment, chosenMeter, MISSES_MAX, meterRefOf, namedAccount } from './state.ts'

/** A value of the register that was asked for, or those of registers that are named. */
export function valueAnswered(moment: CallMoment, input: Answered): Move {
  const register = registerAsked(moment)
  const meter = chosenMeter(moment)
  if (register === null || meter === null) return toOperator(moment)
  const named = namedValues(moment, input, meter)
  if (named !== null) return withValues(moment, meter, named)
  const value = oneValue(moment, input, { register, meter })
  if (value === 'several') return missed(moment, { say: 'several' })
  if (value === null)
    return missed(moment, { say: isTooLong(input, { register, meter }) ? 'tooManyDigits' : 'unclear' })
  if (isBeyondRepair(value, register)) return missed(moment, { say: 'tooManyDigits' })
  return withValues(moment, meter, [heardValue(register, value)])
}

/** The meter is kept as the registry has it now, so that each of its values is read back. */
function withValues(moment: CallMoment, meter: Meter, heard: readonly ReadValue[]): Move {
  const { state, delivery } = moment
  const values = [...state.values, ...heard]
  const isLast = meter.registers.every((one) => values.some((said) => said.register === one.register))
  const kept = meterRefOf(meter, state.meter?.isNamed ?? false)
  return goOn(moment, {
    values,
    meter: kept,
    valuesAt: delivery.receivedAt,
    stage: isLast ? 'confirm' : 'value',
    doubt: null,
  })
}

/** Yes or no to what was read back; a number instead of it replaces the value. */
export function confirmAnswered(moment: CallMoment, input: Answered): Move {
  const { doubt } = moment.state
  const consent = consentOf(input)
  if (consent === 'YES') return doubt === null ? judged(moment) : doubtConfirmed(moment, doubt)
  if (consent === 'NO') return denied(moment)
  const other = replaced(moment, input)
  if (other !== null) return other
  return lex(input.heard).words.no > 0 ? denied(moment) : missed(moment, { say: 'unclear' })
}

/** «Нет, 29931» (rule 14); of several registers those that are named, «нет, ночь 44110», and the others stay. */
function replaced(moment: CallMoment, input: Answered): Move | null {
  const meter = chosenMeter(moment)
  if (meter === null || keyed(input) !== '') return null
  const { doubt, values } = moment.state
  const fresh = correctedIn(moment, input, meter)
  const among = (some: readonly ReadValue[], register: string | null) => some.find((one) => one.register === register)
  const isPart = ({ register, value }: ReadValue) => value.length < (among(values, register)?.value.length ?? 0)
  if (fresh.length === 0) return null
  if (namesPlace(input) && fresh.some(isPart)) return missed(moment, { say: 'unclear' })
  const heard = meter.registers.flatMap(({ register }) => among(fresh, register) ?? among(values, register) ?? [])
  const insisted = doubt?.proposal ? values : moment.state.insisted
  return withValues({ ...moment, state: { ...moment.state, values: [], insisted } }, meter, heard)
}

/** Beside a proposal all must be named: which values would stay, those said or those proposed, is not clear. */
function correctedIn(moment: CallMoment, input: Answered, meter: Meter): readonly ReadValue[] {
  const { registers } = meter
  const [only, ...others] = registers
  if (only === undefined || others.length > 0) {
    const named = labelledValues(moment, input, { meter, registers })
    return moment.state.doubt?.proposal && named.length < registers.length ? [] : named
  }
  const value = oneValue(moment, input, { register: only, meter })
  return value === null || value === 'several' ? [] : [heardValue(only, value)]
}

/** The values are dropped, and asked for again more simply. */
function denied(moment: CallMoment): Move {
  const { state } = moment
  const insisted = state.doubt?.proposal ? state.values : state.insisted
  const cancelled: Part = { outcome: { kind: 'none', code: 'CANCELLED' } }
  return { ...again({ ...moment, state: { ...state, insisted } }, []), parts: [cancelled] }
}

function again(moment: CallMoment, says: readonly Prompt[]): Move {
  const denials = moment.state.denials + 1
  const emptied = { ...moment, state: { ...moment.state, values: [], doubt: null } }
  if (denials >= MISSES_MAX || chosenMeter(moment) === null) return toOperator(emptied, says)
  return goOn(emptied, { denials, stage: 'value' }, says)
}

/** The values as they were said are judged. */
function judged(moment: CallMoment): Move {
  const { state, delivery } = moment
  const found = foundOf(moment)
  if (found === null) return toOperator(moment)
  const proposalTaken = isSame(state.values, state.insisted)
  const valuesAt = state.valuesAt ?? delivery.receivedAt
  const about = circumstances(moment, { valuesAt, confirmed: [] })
  const { part, open } = verdictOf(found, { ...about, proposalTaken })
  return settled(moment, part, open)
}

function foundOf(moment: CallMoment): Found | null {
  const named = namedAccount(moment)
  const meter = chosenMeter(moment)
  if (named === null || meter === null) return null
  const { values } = moment.state
  return { named, meter, isNamed: moment.state.meter?.isNamed ?? false, values, tokens: [], problem: null }
}

function isSame(some: readonly ReadValue[], others: readonly ReadValue[]): boolean {
  const text = (values: readonly ReadValue[]) => values.map(({ register, value }) => `${register} ${value}`).join()
  return some.length > 0 && text(some) === text(others)
}

/** Yes to a doubtful value, or to the one proposed in its place: as the conversation by text has it. */
function doubtConfirmed(moment: CallMoment, doubt: Open): Move {
  const { delivery, facts, house } = moment
  if (chosenMeter(moment) === null) return toOperator(moment)
  const state = { ...newState(delivery), open: [doubt] }
  const turn = converse({ delivery, lexed: typedWord('yes'), state, facts, house, senders: [] })
  const [part] = turn.parts
  return part === undefined ? toOperator(moment) : settled(moment, part, turn.state.open[0] ?? null)
}

/** What became of the values, and what comes next. */
function settled(moment: CallMoment, part: Part, open: Open | null): Move {
  const outcome = outcomeOf(part)
  // The registry got a register more while the call went on: a yes would be no answer to that.
  if (open?.code === 'FEW_VALUES') return { ...goOn(moment, { stage: 'value', doubt: null }), parts: [part] }
  if (open !== null) return { ...goOn(moment, { stage: 'confirm', doubt: open }), parts: [part] }
  const says = outcomePrompts(part)
  if (outcome.kind === 'rejected' && outcome.code === 'TOO_MANY_DIGITS')
    return { ...again(moment, says), parts: [part] }
  if (outcome.kind === 'rejected' && outcome.code === 'OUT_OF_WINDOW') return goodbye(moment, says, [part], 'refused')
  const serial = 'verdict' in part ? part.claim.meter.meter : (moment.state.meter?.meter ?? '')
  const { done, end } = moment.state
  const isTaken = outcome.kind === 'accepted' || outcome.kind === 'duplicate'
  const times = (done[serial] ?? 0) + (outcome.kind === 'accepted' ? 1 : 0)
  const now = isTaken ? 'passed' : outcome.kind === 'held' && end === 'abandoned' ? 'held' : end
  const next = nextMeter({ ...moment, state: { ...moment.state, end: now } }, { ...done, [serial]: times })
  return { ...next, says: [...says, ...next.says], parts: [part] }
}

function outcomePrompts(part: Part): readonly Prompt[] {
  const outcome = outcomeOf(part)
  if (outcome.kind === 'accepted') {
    const period = 'verdict' in part ? part.verdict.period : ''
    const outOfWindow = outcome.flags.includes('OUT_OF_WINDOW')
    const taken: Prompt = { say: 'accepted', month: monthOf(period), outOfWindow }
    return outcome.flags.includes('OLD_ACCOUNT') ? [taken, { say: 'oldAccount' }] : [taken]
  }
  if (outcome.kind === 'duplicate') return [{ say: 'duplicate' }]
  if (outcome.kind === 'held') return [{ say: outcome.code === 'REGISTRY_UNAVAILABLE' ? 'received' : 'held' }]
  const window = 'verdict' in part ? null : part.item?.window
  if (outcome.code === 'OUT_OF_WINDOW' && window) return closedPrompts(window)
  if (outcome.code === 'TOO_MANY_DIGITS') return [{ say: 'tooManyDigits' }]
  return [{ say: outcome.code === 'SUPERSEDED' ? 'superseded' : 'notTaken' }]
}
