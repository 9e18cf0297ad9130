import { expect, test } from 'vitest'
import { messageCases } from '../message-cases.ts'
import { NOON, talk } from './talk.ts'

test.each(messageCases)('$id ends as the rules say', ({ from, turns }) => {
  const say = talk()
  for (const turn of turns) {
    const heard = say(from, turn.text, turn.at ?? NOON)
    expect(turn.outcome_any ?? [turn.outcome], turn.text).toContain(heard.outcome)
    expect(heard.accepted).toEqual(turn.accepted)
    expect(heard.text.length, heard.text).toBeLessThanOrEqual(134)
  }
})
