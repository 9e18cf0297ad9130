import type { Hearing, Rule } from './hearing.ts'

/** Rule 13: no value at all, or one register named twice with different values. */
export const valuesNeeded: Rule = {
  says: 'VALUES_NEEDED',
  find: ({ assignment, claim }) => {
    if (assignment.contradicted.length > 0) return { kind: 'asked', missing: assignment.contradicted }
    if (assignment.values.some((value) => value !== null)) return null
    return { kind: 'asked', missing: claim.meter.registers }
  },
}

/** Rule 11: a value is no number. Looks at every value that counts for the meter. */
export const badValue: Rule = {
  says: 'BAD_VALUE',
  find: (hearing) => (hearing.assignment.bad ? { kind: 'rejected', missing: registersWithoutValue(hearing) } : null),
}

/** Rule 16: a register has no value. */
export const fewValues: Rule = {
  says: 'FEW_VALUES',
  find: (hearing) => {
    const missing = registersWithoutValue(hearing)
    return missing.length > 0 ? { kind: 'asked', missing } : null
  },
}

/** Rule 16: more values than registers, and none of them is plainly the sum. */
export const extraValues: Rule = {
  says: 'EXTRA_VALUES',
  find: ({ assignment }) => (assignment.extra > 0 ? { kind: 'rejected' } : null),
}

function registersWithoutValue({ claim, assignment }: Hearing) {
  return claim.meter.registers.filter((_, at) => assignment.values[at] === null)
}
