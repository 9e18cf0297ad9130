import { refusedWindow } from '../period.ts'
import type { Rule } from './hearing.ts'

/** Rule 2: outside the window, where the branch refuses that. */
export const outOfWindow: Rule = {
  says: 'OUT_OF_WINDOW',
  find: ({ claim }) => (refusedWindow(claim.branch, claim.receivedAt) === null ? null : { kind: 'rejected' }),
}
