import { describe, expect, test } from 'vitest'
import { about, meter } from '../about.ts'

const [one, other, third] = [meter('111111111'), meter('222222222'), meter('333333333')]

describe('a message waits for an answer (rule 13)', () => {
  test('where it asks about a reading, also beside a meter without one', () => {
    const { outcome, decision } = about([one, other])('2880950001 111111111 11300 222222222')
    expect(outcome).toBe('asked;code=VERY_HIGH, asked;code=VALUES_NEEDED')
    expect(decision.opens).toBe(true)
  })

  test('and does not where no reading is in it', () => {
    const { outcome, decision } = about([one])('2880950001')
    expect([outcome, decision.opens]).toEqual(['asked;code=VALUES_NEEDED', false])
  })

  test('and does not where the reading that is asked about came before it', () => {
    const say = about([one])
    expect(say('2880950001 11300').decision.opens).toBe(true)
    expect(say('спасибо').decision.opens).toBe(false)
  })
})

describe('a message with two questions is settled by a yes', () => {
  test('to both, whatever was said in between', () => {
    const say = about([one, other])
    const { answer } = say('2880950001 111111111 11300 222222222 11500').decision
    expect(say('спасибо').decision.settles).toEqual([])
    expect(say('да').decision.settles).toEqual([answer.submissionId])
  })

  test('to one, where the other went without an answer and without a reading', () => {
    const say = about([one, other, third])
    const { answer } = say('2880950001 111111111 11300 222222222').decision
    expect(say('333333333').outcome).toBe('asked;code=VALUES_NEEDED')
    const yes = say('да')
    expect(yes.accepted).toMatchObject([{ meter: '111111111' }])
    expect(yes.decision.settles).toEqual([answer.submissionId])
  })
})
