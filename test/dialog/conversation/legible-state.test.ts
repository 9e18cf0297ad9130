import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomeHeader } from '../../../schemas/outcome.ts'
import type { Delivery } from '../../../src/core/delivery.ts'
import { followUpOf } from '../../../src/core/judged-later.ts'
import type { Decision } from '../../../src/core/store.ts'
import { createDialog } from '../../../src/dialog/decide.ts'
import { loadFacts } from '../../../src/store/facts.ts'
import { memoryStore } from '../memory-store.ts'
import { acceptedIn, branches, memoryRegistry } from '../talk.ts'

const ACCOUNT = '2880950488'
const SERIAL = '250592064305057'
const registry = memoryRegistry()

type Said = Delivery['said']
const typed = (text: string): Said => ({ text })
const chatted = (text: string): Said => ({ chat: { kind: 'text', text } })
const pressed = (press: string): Said => ({ chat: { kind: 'press', press } })
const keyed = (digits: string): Said => ({ call: { kind: 'answered', step: null, digits, heard: '' } })
const calls: Said = { call: { kind: 'started' } }
const hangsUp: Said = { call: { kind: 'ended' } }

const CHANNELS = { sms: 'SMS', viber: 'VIBER', ivr: 'IVR' } as const

/** One conversation in memory, whose stored state can be written over. */
function conversation(channel: keyof typeof CHANNELS) {
  const { lookup, decide } = createDialog({ branches })
  const store = memoryStore()
  let count = 0
  const deliveryOf = (said: Said): Delivery => ({
    channel,
    eventChannel: CHANNELS[channel],
    deliveryId: `${channel}/${++count}`,
    receivedAt: '2026-11-22T03:00:00.000Z',
    sender: 'somebody',
    phone: null,
    said,
    language: 'ru',
  })
  const decided = (delivery: Delivery): Decision => {
    const now = delivery.receivedAt
    return decide(delivery, loadFacts([lookup(delivery)], { records: store.records, registry, now }))
  }
  return {
    decided,
    deliveryOf,
    say(...turns: readonly Said[]): Decision {
      const decisions = turns.map((said) => {
        const decision = decided(deliveryOf(said))
        store.take(decision)
        return decision
      })
      return decisions.at(-1) as Decision
    },
    overwrite: (write: (state: string) => string) => store.overwrite(channel, 'somebody', write),
  }
}

const outcome = ({ answer }: Decision): string => outcomeHeader(answer.outcomes)

/** The same JSON with some fields written over; undefined takes a field away. */
const changed =
  (fields: object) =>
  (state: string): string =>
    JSON.stringify({ ...JSON.parse(state), ...fields })

/** What may stand where a state of ours stood, whatever its kind. */
const SPOILT: readonly (readonly [string, (state: string) => string])[] = [
  ['nothing', () => ''],
  ['half of it', (state) => state.slice(0, state.length / 2)],
  ['no JSON', () => '<state/>'],
  ['null', () => 'null'],
  ['a text', () => '"asked"'],
  ['a list', () => '[1]'],
  ['an object without its fields', () => '{}'],
  ['an instant that is none', changed({ at: 'yesterday', valuesAt: 'yesterday' })],
]

interface Kind {
  readonly channel: keyof typeof CHANNELS
  readonly turns: readonly Said[]
  /** What would be accepted, had the state been understood. */
  readonly confirms: Said
  readonly spoilt: readonly (readonly [string, (state: string) => string])[]
  /** What is said instead. */
  readonly anew: string
}

const question = (state: string) => (JSON.parse(state) as { o: readonly object[] }).o[0]
const ofTalks: Kind['spoilt'] = [
  ['questions under another name', (state) => changed({ open: [question(state)], o: {} })(state)],
  ['a question of an unknown code', (state) => changed({ o: [{ ...question(state), code: 'TOO_BIG' }] })(state)],
  ['a question without its values', (state) => changed({ o: [{ ...question(state), values: undefined }] })(state)],
  ['values as numbers', (state) => changed({ o: [{ ...question(state), values: [57500] }] })(state)],
  ['tokens of another kind', (state) => changed({ o: [{ ...question(state), tokens: [{ kind: 'digits' }] }] })(state)],
]

const KINDS: readonly Kind[] = [
  {
    channel: 'sms',
    turns: [typed(`${ACCOUNT} 57500`)],
    confirms: typed('да'),
    spoilt: ofTalks,
    anew: 'none;code=HELP',
  },
  {
    channel: 'viber',
    turns: [chatted(`${ACCOUNT} 57500`)],
    confirms: chatted('да'),
    spoilt: ofTalks,
    anew: 'none;code=HELP',
  },
  {
    channel: 'ivr',
    turns: [calls, keyed(ACCOUNT), keyed('5057'), keyed('56400')],
    confirms: keyed('1'),
    spoilt: [
      ['another stage', changed({ stage: 'readback' })],
      ['no account', changed({ accounts: undefined })],
      ['another meter', changed({ meter: SERIAL })],
      ['other values', changed({ values: { T1: '56400' } })],
    ],
    anew: 'asked;code=ACCOUNT_NEEDED',
  },
]

describe.each(KINDS)('a conversation by $channel', ({ channel, turns, confirms, spoilt, anew }) => {
  test('goes on where its state is understood', () => {
    const { say } = conversation(channel)
    say(...turns)
    const decision = say(confirms)
    expect(acceptedIn(decision)).toHaveLength(1)
    expect(decision.startsAnew).toBeUndefined()
  })

  test.each([...SPOILT, ...spoilt])(
    'starts anew where its state is %s, and its value waits for an operator',
    (_what, write) => {
      const { say, overwrite } = conversation(channel)
      expect(say(...turns).opens).toBe(true)
      overwrite(write)
      const decision = say(confirms)
      expect(outcome(decision)).toBe(anew)
      expect(decision).toMatchObject({ startsAnew: true, settles: [], readings: [], events: [] })
      expect(say(confirms).startsAnew).toBeUndefined()
    },
  )

  test('goes on with fields that only a newer version knows', () => {
    const { say, overwrite } = conversation(channel)
    say(...turns)
    overwrite(changed({ isNewer: { than: 'this' } }))
    expect(acceptedIn(say(confirms))).toHaveLength(1)
  })
})

describe('what can not be misread', () => {
  test('an opt-out stays, whatever became of the questions', () => {
    const { say, overwrite } = conversation('sms')
    say(typed('стоп'), typed(`${ACCOUNT} 57500`))
    overwrite(changed({ o: 'lost' }))
    const decision = say(typed(`${ACCOUNT} 56311`))
    expect(outcome(decision)).toBe('accepted;flags="NO_SERIAL"')
    expect(decision.answer.text).toBe('')
  })

  test('replies of the hour are counted on', () => {
    const { say, overwrite } = conversation('sms')
    say(...Array.from({ length: 9 }, () => typed('спасибо')), typed(`${ACCOUNT} 57500`))
    overwrite(changed({ o: 'lost' }))
    expect(say(typed('спасибо')).answer.text).toBe('')
  })

  test('a chat stays bound to its accounts', () => {
    const { say, overwrite } = conversation('viber')
    say(pressed('~bind'), chatted(`${ACCOUNT} ${SERIAL}`), chatted('57500'))
    overwrite(changed({ o: 'lost' }))
    expect(outcome(say(chatted('56311')))).toBe('accepted')
  })

  test.each([
    ['bindings of another shape', { bindings: [ACCOUNT], lastId: 1 }],
    ['a last id below those in use', { bindings: [{ id: 7, branch: 'amur', account: ACCOUNT }], lastId: 1 }],
  ])('a chat with %s is bound anew, under an id that no old button means', (_what, c) => {
    const { say, overwrite } = conversation('viber')
    say(pressed('~bind'), chatted(`${ACCOUNT} ${SERIAL}`))
    overwrite(changed({ c }))
    const unbound = say(chatted('56311'))
    expect([outcome(unbound), unbound.startsAnew]).toEqual(['asked;code=ACCOUNT_NEEDED', true])
    const labels = say(pressed('~bind'), chatted(`${ACCOUNT} ${SERIAL}`), pressed('~meters')).answer.messages
    expect(JSON.stringify(labels)).toContain('~unbind.2')
  })

  test('readings of one meter, accepted before and after, are two events', () => {
    const { say, overwrite } = conversation('ivr')
    const given = (value: string) => [keyed(ACCOUNT), keyed('5057'), keyed(value), keyed('1')]
    const first = say(calls, ...given('56311'))
    overwrite(changed({ accounts: 'lost', stage: 'value' }))
    expect(outcome(say(keyed('1')))).toBe('asked;code=ACCOUNT_NEEDED')
    const second = say(...given('56312'))
    const ids = [first, second].flatMap(({ events }) => events.map(({ headers }) => headers['ce_id']))
    expect(new Set(ids).size).toBe(2)
  })
})

test('a caller who hangs up leaves values that were not understood with the submission that holds them', () => {
  const { say, overwrite } = conversation('ivr')
  say(calls, keyed(ACCOUNT), keyed('5057'), keyed('56400'))
  overwrite(() => '<state/>')
  const decision = say(hangsUp)
  expect([outcome(decision), decision.settles]).toEqual(['none;code=HELP', []])
})

test('what waits for the registry is judged, though the state of its conversation is not understood', () => {
  const { say, overwrite, decided, deliveryOf } = conversation('sms')
  say(typed(`${ACCOUNT} 57500`))
  overwrite(() => '<state/>')
  const decision = decided(followUpOf(deliveryOf(typed(`${ACCOUNT} 56311`))))
  expect([outcome(decision), decision.conversation]).toEqual(['accepted;flags="NO_SERIAL"', undefined])
})

/** A state of each shape that versions up to the first release left in stores, where somebody may still be talking. */
const LEFT = readFileSync(new URL('stored-states.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly channel: keyof typeof CHANNELS; readonly state: object })

test.each(LEFT)('what another version left by $channel goes on: $state', ({ channel, state }) => {
  const { say, overwrite } = conversation(channel)
  const hello = { sms: typed('спасибо'), viber: chatted('спасибо'), ivr: calls }[channel]
  say(hello)
  overwrite(() => JSON.stringify(state))
  expect(say(hello).startsAnew).toBeUndefined()
})
