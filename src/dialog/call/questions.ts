/** The question that a stage of a call asks: its words, what is expected, its code and its item. Pure. */
import type { Code } from '../../../schemas/codes.ts'
import type { CallExpectation, CallStep } from '../../core/call.ts'
import type { Item, ShownValue } from '../../core/delivery.ts'
import type { Meter, Register } from '../../core/facts.ts'
import { type ReadValue, shownOn } from '../claims/values.ts'
import { whose } from '../items-and-events.ts'
import { digitWords } from './messages.ru.ts'
import type { AskForm, Prompt, PromptOf } from './prompts.ts'
import { type CallMoment, type CallStage, type CallState, chosenMeter, metersLeft, namedAccount } from './state.ts'

/** A question as it is asked now. */
export interface Question {
  readonly code: Code
  readonly prompts: readonly Prompt[]
  readonly expects: Omit<CallExpectation, 'step'>
  readonly item: Partial<Omit<Item, 'outcome'>>
}

/** So many can be told apart by one key within one breath; of more, the last digits of the serial are asked. */
const CHOICES_MAX = 3

/** The question of the stage at which the call stands. */
export function questionOf(moment: CallMoment): Question {
  const { stage, misses, denials } = moment.state
  const form = Math.min(2, Math.max(misses, stage === 'value' ? denials : 0)) as AskForm
  const asked = ASKS[stage === 'over' ? 'account' : stage](moment, form)
  const expects = { of: asked.of, speech: form < 2, digits: null, hints: [], ...asked.expects }
  return { code: codeOf(moment), prompts: asked.prompts, expects, item: itemOf(moment) }
}

interface Asked {
  readonly of: CallStep
  readonly prompts: readonly Prompt[]
  readonly expects: Partial<CallExpectation>
}

const NUMBER_HINTS = [...digitWords, 'десять', 'двадцать', 'тридцать', 'сорок', 'сто', 'двести', 'тысяча', 'оператор']
const CONSENT_HINTS = ['да', 'нет', 'верно', 'неверно', 'повторите', 'оператор']

const lastDigits = { digits: 4, hints: NUMBER_HINTS } as const
const consent = { digits: 1, hints: CONSENT_HINTS } as const

const ASKS: Readonly<Record<Exclude<CallStage, 'over'>, (moment: CallMoment, form: AskForm) => Asked>> = {
  phone: (_, form) => ({ of: 'account', prompts: [{ say: 'askPhone', form }], expects: lastDigits }),
  account: (_, form) => ({ of: 'account', prompts: [{ say: 'askAccount', form }], expects: { hints: NUMBER_HINTS } }),
  serial: (_, form) => ({ of: 'serial', prompts: [{ say: 'askSerial', form }], expects: lastDigits }),
  meter: meterAsked,
  next: (moment, form) => {
    const [next] = metersLeft(moment)
    const named: Prompt[] = next === undefined ? [] : [{ say: 'meter', ...nameOf(next) }]
    return { of: 'meter', prompts: [...named, { say: 'askNext', form }], expects: consent }
  },
  value: (moment, form) => {
    const register = registerAsked(moment)
    const meter = chosenMeter(moment)
    if (register === null || meter === null) return { of: 'value', prompts: [], expects: {} }
    const { zone } = register
    const prompts: Prompt[] = [{ say: 'askValue', form, zone }]
    return { of: 'value', prompts, expects: { register: register.register, hints: NUMBER_HINTS } }
  },
  confirm: (moment, form) => ({
    of: 'confirm',
    prompts: [...doubtPrompts(moment), { say: 'askConfirm', form }],
    expects: consent,
  }),
}

function meterAsked(moment: CallMoment, form: AskForm): Asked {
  const meters = metersLeft(moment)
  if (meters.length > CHOICES_MAX) return { of: 'meter', prompts: [{ say: 'askSerial', form }], expects: lastDigits }
  const options = meters.map((meter, at): Prompt => ({ say: 'option', key: at + 1, ...nameOf(meter) }))
  return { of: 'meter', prompts: [{ say: 'askMeter', form }, ...options], expects: { digits: 1, hints: NUMBER_HINTS } }
}

/** How a meter is named aloud. */
export function nameOf({ service, meter }: Meter): Pick<PromptOf<'meter'>, 'service' | 'tail'> {
  return { service, tail: meter.slice(-4) }
}

/** The register whose value is wanted next; null: all have theirs. */
export function registerAsked(moment: CallMoment): Register | null {
  const taken = new Set(moment.state.values.map(({ register }) => register))
  return chosenMeter(moment)?.registers.find(({ register }) => !taken.has(register)) ?? null
}

/** Whether the register that is asked for, or a meter to choose from, is in the registry still. */
export function canBeAsked(moment: CallMoment): boolean {
  const { stage } = moment.state
  if (stage === 'value') return registerAsked(moment) !== null
  return (stage !== 'meter' && stage !== 'next') || metersLeft(moment).length > 0
}

/** The values read back; where they are doubtful, why, and what is proposed instead. */
function doubtPrompts(moment: CallMoment): readonly Prompt[] {
  const { doubt, values, meter } = moment.state
  if (doubt === null) return readBack(moment, values)
  const { proposal, code } = doubt
  if (proposal === null)
    return [...readBack(moment, values), { say: code === 'BELOW_PREVIOUS' ? 'belowPrevious' : 'veryHigh' }]
  const why: Prompt = { say: code === 'TOO_MANY_DIGITS' ? 'tooManyDigits' : 'unusual' }
  const other = namedAccount(moment)?.account.meters.find((one) => one.meter === proposal.meter)
  if (proposal.meter !== meter?.meter && other !== undefined)
    return [why, { say: 'proposal' }, { say: 'meter', ...nameOf(other) }]
  return [why, { say: 'proposal' }, ...readBack(moment, proposal.values)]
}

function readBack({ state }: CallMoment, values: readonly ReadValue[]): readonly Prompt[] {
  return shownValues(state, values).map(({ zone, value }) => ({ say: 'readBack', zone, value }))
}

/** The code of what is asked; it stays with the values where nobody answers. */
export function codeOf({ state }: CallMoment): Code {
  const { stage, doubt, values } = state
  if (stage === 'confirm') return doubt?.code ?? 'UNCONFIRMED'
  if (stage === 'value') return values.length > 0 ? 'FEW_VALUES' : 'VALUES_NEEDED'
  return stage === 'phone' || stage === 'account' ? 'ACCOUNT_NEEDED' : 'METER_NEEDED'
}

/** What is known so far, as an item shows it. */
export function itemOf({ state }: CallMoment): Partial<Omit<Item, 'outcome'>> {
  const { accounts, meter, values, doubt } = state
  const [only, ...others] = accounts
  const account = only !== undefined && others.length === 0 && state.stage !== 'phone' ? only : null
  const { proposal = null } = doubt ?? {}
  return {
    ...whose({ account, meter }),
    values: shownValues(state, values),
    proposal: proposal && { meter: proposal.meter, values: shownValues(state, proposal.values) },
  }
}

function shownValues({ meter }: CallState, values: readonly ReadValue[]): readonly ShownValue[] {
  return shownOn(meter?.registers ?? [], (register) => values.find((one) => one.register === register)?.value)
}
