import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callStages } from '../../../src/dialog/call/state.ts'
import { NOON, STRANGER } from '../talk.ts'
import { callArrows, callDiagram, placeOf } from './diagram.ts'
import { calling } from './talk.ts'

const page = (diagram: string) => `# The call

What is asked in a call, and what leads where. Made by playing the script; \`npx vitest run test/dialog/call/diagram.test.ts -u\`
makes it again. At every question \`*\` and «повторите» ask it once more, and silence asks it in a simpler form.

\`\`\`mermaid
${diagram}
\`\`\`
`

describe('the state diagram of the call', () => {
  test('is that of the script as it is', async () => {
    await expect(page(callDiagram())).toMatchFileSnapshot('../../../channels/ivr/call.md')
  })

  test('has every question in it, and both ends', () => {
    const places = new Set([...callArrows().keys()].flatMap((arrow) => arrow.split(' --> ')))
    expect([...places].sort()).toEqual(
      [...callStages.filter((stage) => stage !== 'over'), '[*]', 'goodbye', 'operator'].sort(),
    )
  })

  test('lacks no arrow, whatever a caller does', () => {
    const known = new Set(callArrows().keys())
    const does = fc.constantFrom(
      ...[
        '#1',
        '#2',
        '#5057',
        '#56311',
        '#2880950488',
        '#2863396002',
        '#8840',
        '#4146',
        '#54300',
        '#699350',
        '#1268',
        '#6990',
      ],
      ...[
        'да',
        'нет',
        'один',
        'двадцать один',
        'пять ноль пять семь',
        'КР468713',
        'свет',
        'алло',
        '#57000',
        '#0618',
        '#4778',
      ],
    )
    const from = fc.constantFrom(STRANGER, '+79635744912', '+79097140165', '+79635896059', '+79633044809')
    fc.assert(
      fc.property(from, fc.array(does, { maxLength: 20 }), (caller, turns) => {
        const talk = calling(caller, { at: NOON })
        let place = placeOf(talk.start())
        for (const turn of turns) {
          if (place === 'goodbye' || place === 'operator') return
          const next = placeOf(talk.say(turn))
          // An operator takes over at every question.
          if (next !== 'operator') expect(known).toContain(`${place} --> ${next}`)
          place = next
        }
      }),
      { numRuns: 500 },
    )
  })
})
