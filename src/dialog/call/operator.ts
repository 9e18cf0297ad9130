/** What an operator is told who takes a call over. Pure. */
import type { CallHandover } from '../../core/call.ts'
import type { Prompt } from './prompts.ts'
import type { CallState } from './state.ts'

/** What is known of the caller. */
export function handoverOf(state: CallState): CallHandover {
  const [only, ...others] = state.accounts
  const isKnown = only !== undefined && others.length === 0 && state.stage !== 'phone'
  return {
    account: isKnown ? only.account : null,
    meter: state.meter?.meter ?? null,
    values: Object.fromEntries(state.values.map(({ register, value }) => [register ?? '', value])),
  }
}

/** What is known, aloud; a value with its zone, where the meter has several. */
export function knownPrompts(state: CallState): readonly Prompt[] {
  const { account, meter } = handoverOf(state)
  const said: Prompt[] = []
  const [first = '', ...more] = account?.replace(/\D/g, '').match(/.{1,9}/g) ?? []
  if (first !== '') said.push({ say: 'knownAccount', digits: first })
  for (const digits of more) said.push({ say: 'knownDigits', digits })
  if (meter !== null) said.push({ say: 'knownMeter', digits: meter.slice(-4) })
  for (const { register, value } of state.values) {
    const zone = state.meter?.registers.find((one) => one.register === register)?.zone ?? 'TOTAL'
    said.push({ say: 'readBack', zone, value })
  }
  return said.length > 0 ? said : [{ say: 'knownNothing' }]
}
