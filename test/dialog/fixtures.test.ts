import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NOON, talk } from './talk.ts'

interface Case {
  readonly id: string
  readonly from: string
  readonly turns: readonly {
    readonly at?: string
    readonly text: string
    readonly outcome?: string
    readonly outcome_any?: readonly string[]
    readonly accepted: readonly object[]
  }[]
}

const cases = readFileSync(new URL('../fixtures/messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line))

test.each(cases)('$id ends as the rules say', ({ from, turns }) => {
  const say = talk()
  for (const turn of turns) {
    const heard = say(from, turn.text, turn.at ?? NOON)
    expect(turn.outcome_any ?? [turn.outcome], turn.text).toContain(heard.outcome)
    expect(heard.accepted).toEqual(turn.accepted)
    expect(heard.text.length, heard.text).toBeLessThanOrEqual(134)
  }
})
