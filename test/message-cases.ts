import { readFileSync } from 'node:fs'

/** One message of a fixture conversation; `outcome_any`: any of these is right. */
export interface MessageTurn {
  readonly at?: string
  readonly text: string
  readonly outcome?: string
  readonly outcome_any?: readonly string[]
  readonly accepted: readonly object[]
}

/** A conversation of `messages.jsonl`. */
export interface MessageCase {
  readonly id: string
  readonly from: string
  readonly turns: readonly MessageTurn[]
}

export const messageCases = readFileSync(new URL('fixtures/messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): MessageCase => JSON.parse(line))
