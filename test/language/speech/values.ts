import { hear } from '../../../src/language/speech/hear.ts'

/** Candidates in one line; `digits` whole ones on the dial. */
export function values(heard: string, digits = 5, decimals = 0): string {
  return hear(heard, { as: 'value', digits, decimals }).candidates.join(' ')
}
