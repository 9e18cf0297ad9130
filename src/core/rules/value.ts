import { withoutZeros } from '../decimal.ts'
import type { Service } from '../facts.ts'

/** A value as typed, before any register: what the repairs of rule 21 work on. */
export interface Typed {
  /** Digits before the mark as typed, with the zeros in front. */
  readonly whole: string
  /** Digits after the mark that count: none for electricity, which is billed in whole kWh (rule 11). */
  readonly fraction: string
  /** Whether a decimal mark was typed. */
  readonly marked: boolean
}

/** Nearly every value: matched without taking it apart. */
const PLAIN = /^\d{1,12}$/
const VALUE = /^(\d{1,12})(?:[.,](\d{1,3}))?$/

/** Rule 11: `\d{1,12}([.,]\d{1,3})?`; anything else is no value (BAD_VALUE). */
export function isValue(text: string): boolean {
  return VALUE.test(text)
}

/** A value of rule 11, electricity's decimals cut; null: no value. */
export function typedValue(text: string, service: Service): Typed | null {
  if (PLAIN.test(text)) return { whole: text, fraction: '', marked: false }
  const match = VALUE.exec(text)
  if (match === null) return null
  const [, whole = '', fraction] = match
  return { whole, fraction: service === 'ELECTRICITY' ? '' : (fraction ?? ''), marked: fraction !== undefined }
}

/** The value as it is taken down: no zeros in front, a point as the mark. */
export function valueText(typed: Pick<Typed, 'whole' | 'fraction'>): string {
  const whole = withoutZeros(typed.whole)
  return typed.fraction === '' ? whole : `${whole}.${typed.fraction}`
}
