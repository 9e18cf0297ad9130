/** An open question, to be said once more. Pure. */
import type { Item, ShownValue } from '../../core/delivery.ts'
import type { Meter } from '../../core/facts.ts'
import type { Facts } from '../../core/store.ts'
import { accountIn } from '../accounts.ts'
import { onRegisters, type ReadValue, shownOn } from '../claims/values.ts'
import type { Open } from './state.ts'

/** An open question as the item that asked it. */
export function itemOfOpen({ code, about, values, proposal }: Open, facts: Facts): Item {
  const account = about === null ? undefined : accountIn(facts, about)
  const meter = account?.meters.find((one) => one.meter === about?.meter) ?? null
  const shown = shownValues(values, meter)
  const proposed = account?.meters.find((one) => one.meter === proposal?.meter) ?? null
  return {
    outcome: { kind: 'asked', code },
    branch: about?.branch ?? null,
    account: about?.account ?? null,
    meter: about?.meter ?? null,
    service: meter?.service ?? null,
    period: null,
    values: shown,
    proposal: proposal && { meter: proposal.meter, values: shownValues(proposal.values, proposed) },
    missing: code === 'VALUES_NEEDED' || code === 'FEW_VALUES' ? missingOf(meter, shown) : [],
    window: null,
  }
}

/** Labelled values on their registers, the others on what is left, in register order; bare where the registry is away. */
function shownValues(values: readonly ReadValue[], meter: Meter | null): readonly ShownValue[] {
  if (meter === null) return values.map(({ register, value }) => ({ register: register ?? '', zone: 'TOTAL', value }))
  const placed = onRegisters(values, meter.registers)
  return shownOn(meter.registers, (register) => placed.find((one) => one.register === register)?.value)
}

function missingOf(meter: Meter | null, shown: readonly ShownValue[]): Item['missing'] {
  const left = (meter?.registers ?? []).filter(({ register }) => !shown.some((one) => one.register === register))
  return left.map(({ register, zone }) => ({ register, zone }))
}
