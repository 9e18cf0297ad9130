import type { Claim } from '../claim.ts'
import { decimal } from '../decimal.ts'
import type { Standing } from '../facts.ts'
import type { Hearing, Rule } from './hearing.ts'
import type { Weighed } from './weigh.ts'

/** Rule 23: the same values stand already, from whatever channel; compared as numbers. */
export const duplicate: Rule = {
  says: 'duplicate',
  find: (hearing) => {
    const { claim, standing } = hearing
    if (standing === null || !isComplete(hearing) || hasOthers(hearing, standing)) return null
    return { kind: 'duplicate', restated: restated(claim, standing) }
  },
}

/**
 * Rule 23: a later reading stands, the latest by the order instant wins. An operator's reading still replaces a
 * customer's later one: in the other order of arrival the customer's would have been held.
 */
export const superseded: Rule = {
  says: 'SUPERSEDED',
  find: (hearing) => {
    const { claim, standing } = hearing
    if (standing === null || !hasOthers(hearing, standing)) return null
    if (claim.byOperator && !standing.byOperator) return null
    return Date.parse(claim.orderAt) < Date.parse(standing.orderAt) ? { kind: 'rejected' } : null
  },
}

/** Rule 23: a customer never supersedes an operator. */
export const operatorStands: Rule = {
  says: 'OPERATOR_STANDS',
  find: (hearing) => {
    const { claim, standing } = hearing
    if (standing === null || claim.byOperator || !standing.byOperator) return null
    return hasOthers(hearing, standing) ? { kind: 'held' } : null
  },
}

/**
 * A standing reading that was said once more, later, as it stands from now on: what was received in between is older, and
 * comes too late to replace it. Null: nothing changes, nor does it where a customer says once more what an operator said.
 */
function restated({ orderAt, byOperator }: Claim, standing: Standing): Standing | null {
  const isLater = Date.parse(orderAt) > Date.parse(standing.orderAt)
  return isLater && (byOperator || !standing.byOperator) ? { ...standing, orderAt } : null
}

function isComplete({ assignment }: Hearing): boolean {
  return assignment.contradicted.length === 0 && !assignment.bad && !assignment.values.includes(null)
}

/** Whether anything is claimed that the standing reading doesn't say. */
function hasOthers({ weighed, assignment }: Hearing, standing: Standing): boolean {
  return assignment.extra > 0 || weighed.some((one) => !saysSame(one, standing))
}

function saysSame({ register, amount }: Weighed, { registers }: Standing): boolean {
  const value = registers[register.register]
  return value !== undefined && decimal(value) === amount
}
