import { doubted } from './doubted.ts'
import type { Rule } from './hearing.ts'
import { duplicate, operatorStands, superseded } from './standing.ts'
import { badValue, extraValues, fewValues, valuesNeeded } from './values.ts'
import { outOfWindow } from './window.ts'

/** The judge's rules in order of precedence: the first that finds something decides. Documented in ../README.md. */
export const rulesInOrder: readonly Rule[] = [
  outOfWindow,
  duplicate,
  valuesNeeded,
  badValue,
  superseded,
  operatorStands,
  fewValues,
  extraValues,
  ...doubted,
]
