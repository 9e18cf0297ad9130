/** A call during which the registry went away (rule 25). Pure. */
import type { Delivery } from '../../core/delivery.ts'
import { heldForRegistry, isHeldForRegistry } from '../../core/judged-later.ts'
import { outcomeOf, type Part } from '../items-and-events.ts'
import { type Answered, consentOf } from './listen.ts'
import { goodbye, type Move, toOperator } from './moves.ts'
import { itemOf } from './questions.ts'
import type { CallMoment } from './state.ts'

/** Rule 25: without the registry what was confirmed is kept, and judged later; nothing else can be asked. */
export function registryAway(moment: CallMoment, input: Answered): Move {
  const { stage, doubt } = moment.state
  if (stage !== 'confirm' || doubt !== null || consentOf(input) !== 'YES')
    return toOperator(moment, [{ say: 'registryAway' }])
  return goodbye(moment, [{ say: 'received' }], [{ outcome: heldForRegistry, item: itemOf(moment) }], 'held')
}

/**
 * What is judged later comes again without its call: then it is the form that the caller could have filled in. The serial
 * of a meter that only its last digits named stays so many digits (rule 6).
 */
export function keptDelivery({ delivery, state }: CallMoment, parts: readonly Part[]): Delivery {
  const waits = parts.some((part) => isHeldForRegistry(outcomeOf(part)))
  const [account] = state.accounts
  if (!waits || account === undefined || state.meter === null) return delivery
  const { meter, isNamed } = state.meter
  const values = Object.fromEntries(state.values.map(({ register, value }) => [register ?? '', value]))
  const form = { account: account.submitted, meter: isNamed ? meter : meter.slice(-4), values, confirmed: [] }
  return { ...delivery, said: { form } }
}
