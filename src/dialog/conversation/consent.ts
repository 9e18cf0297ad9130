/** Whether a text says yes or no to the open questions, and to which of them (rule 14). Pure. */
import type { Facts } from '../../core/store.ts'
import { type Lexed, noWords, type Token } from '../../language/token.ts'
import { isOfRegister, isOfService } from '../meters.ts'
import { aboutOf } from './answered.ts'
import type { Open } from './state.ts'

/** A word of consent or refusal, as if it had been typed. */
export function typedWord(said: 'yes' | 'no'): Lexed {
  return { tokens: [], words: { ...noWords, [said]: 1 }, language: null }
}

/** «1», but not «показание 1» nor «1 квт». */
export function isPlainOne({ tokens, words }: Lexed): boolean {
  const [token, another] = tokens
  if (token?.kind !== 'number' || another !== undefined || words.value > 0) return false
  return token.text === '1' && token.fraction === null && !token.minus
}

/** A no, unless a yes leaves it unclear: «да или нет», «нет, верно». */
export function isNo({ words }: Lexed): boolean {
  return words.no > 0 && (words.yes === 0 || words.either === 0)
}

/** Nothing beside a yes that leaves it unclear: no question, no condition, nothing of something else. */
export function isClear({ words }: Lexed): boolean {
  return words.no + words.doubt + words.either + words.help + words.aside + words.other === 0
}

/** Enough to hear a question once more that no yes answers. */
export function isMereYes({ words }: Lexed): boolean {
  return words.yes > 0 && words.no + words.other === 0
}

/** «Свет верно» is said of the meters of that service, «день верно» of no reading that has more in it than that. */
export function isSaidOf(open: Open, tokens: readonly Token[], facts: Facts): boolean {
  const meter = aboutOf(open, facts)?.known.meter
  if (meter == null) return true
  const services = tokens.flatMap((token) => (token.kind === 'service' ? token.service : []))
  const labels = tokens.filter((token) => token.kind === 'label')
  const named = meter.registers.filter((one) => labels.some((label) => isOfRegister(one, label)))
  const isOfAll = labels.length === 0 || meter.registers.length === 1 || named.length === meter.registers.length
  return isOfAll && (services.length === 0 || services.some((service) => isOfService(meter.service, service)))
}
