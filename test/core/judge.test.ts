import { describe, expect, test } from 'vitest'
import { outcomeMember } from '../../schemas/outcome.ts'
import { judge } from '../../src/core/judge.ts'
import { proposalText } from './claims.ts'
import { digitRows } from './judge-rows-digits.ts'
import { doubtRows } from './judge-rows-doubts.ts'
import { valueRows } from './judge-rows-values.ts'

const rows = [...valueRows, ...digitRows, ...doubtRows]

describe('every rule on both sides of its boundary', () => {
  test.each(rows.map((row) => [row.why, row] as const))('%s', (_why, row) => {
    const verdict = judge(row.claim, row.standing)
    expect({ outcome: outcomeMember(verdict.outcome), proposal: proposalText(verdict) }).toEqual({
      outcome: row.outcome,
      proposal: row.proposal,
    })
  })
})
