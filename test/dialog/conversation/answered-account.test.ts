import { expect, test } from 'vitest'
import { outcomesOf } from '../talk.ts'

const needed = 'asked;code=ACCOUNT_NEEDED'
const accepted = 'accepted;flags="NO_SERIAL"'

/** Registers that come one a message, while the account is not known yet (rule 13). */
const rows: readonly (readonly [why: string, turns: readonly string[], outcomes: readonly string[]])[] = [
  ['then the account', ['день 24563', 'ночь 76572', '2826262233'], [needed, needed, accepted]],
  ['the last with the account', ['ночь 76572', '2826262233 день 24563'], [needed, accepted]],
  ['labels behind', ['24563 день', '76572 ночь', '2826262233'], [needed, needed, accepted]],
  ['the same one again', ['день 24563', 'день 24564', '2826262233'], [needed, needed, 'asked;code=FEW_VALUES']],
  [
    'the same one by its other label',
    ['день 24563, ночь 76570', 'Т2 76571', '2826262233 Т1 24563'],
    [needed, needed, accepted],
  ],
  ['one for each register with the account', ['Т2 56312', '2880950488 Т1 56311'], [needed, accepted]],
  ['no label: the later one', ['56312', '56311', '2880950488'], [needed, needed, accepted]],
]

test.each(rows)('values complete each other: %s', (_why, turns, outcomes) =>
  expect(outcomesOf(...turns)).toEqual(outcomes),
)
