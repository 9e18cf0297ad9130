import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AcceptedReading } from '../../../schemas/events.ts'
import type { ChatInput } from '../../../src/core/chat.ts'
import { PRESS_BYTES_MAX } from '../../../src/dialog/chat/presses.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { memoryRegistry } from '../talk.ts'
import { type ChatHeard, chats } from './talk.ts'

/** One meter; one in doubt; two zones; two meters. */
const accounts = ['2880950488', '2866648321', '2883307231', '2863396002']
const serials = ['250592064305057', '495431392', '1933694442343', '381652893858840', '237798604146']
const tails = serials.map((serial) => serial.slice(-4))
const values = [
  '56311',
  '20296',
  '18700',
  '730340 101440',
  'день 730341',
  'ночь 101441',
  '54556',
  '5631О',
  '563110',
  '1',
]
const words = [
  'да',
  'нет',
  'нет, 56312',
  'отмена',
  'стоп',
  'спасибо',
  'помощь',
  'свет',
  'English',
  'Передать показание',
]
const whole = [
  '2880950488 56311',
  '2880950488 250592064305057 56313',
  '2883307231 1933694442343 730340 101440',
  '2863396002 381652893858840 54400\n237798604146 699300',
  'КР468713 56311',
]
const texts = fc.oneof(
  fc.constantFrom(...accounts, ...serials, ...tails),
  fc.constantFrom(...values),
  fc.constantFrom(...words),
  fc.constantFrom(...whole),
  fc.tuple(fc.constantFrom(...accounts, ...serials), fc.constantFrom(...values)).map((parts) => parts.join(' ')),
)
const bills = fc.record({
  kind: fc.constant('identity' as const),
  account: fc.constantFrom(...accounts, 'КР468713'),
  meter: fc.constantFrom(null, ...serials),
})
const contacts = fc.constantFrom('+79632857306', '+79620899942').map((phone) => ({ kind: 'contact' as const, phone }))

/** A text, something else that is sent, or a button: so many messages ago, the so many-th under it. */
type Does = ChatInput | { readonly kind: 'button'; readonly ago: number; readonly nth: number }
const does: fc.Arbitrary<Does> = fc.oneof(
  { weight: 5, arbitrary: texts.map((text) => ({ kind: 'text' as const, text })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('button' as const), ago: fc.nat(3), nth: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.oneof(bills, contacts) },
)
/** What a user does, each with the minutes that passed before. */
const talks = fc.array(fc.tuple(does, fc.constantFrom(1, 1, 1, 5, 31, 1500)), { maxLength: 20, size: 'max' })

const lastValues = new Set(
  [...fixtureAccounts().values()]
    .filter(({ account }) => accounts.includes(account))
    .flatMap(({ meters }) => meters.flatMap(({ registers }) => registers.map(({ lastValue }) => lastValue))),
)

/** The button of an earlier message as an input; a greeting where there is none. */
function inputOf(one: Does, before: readonly ChatHeard[]): ChatInput {
  if (one.kind !== 'button') return one
  const buttons =
    before
      .at(-1 - one.ago)
      ?.message?.buttons.flat()
      .filter(({ kind }) => kind === 'press') ?? []
  const button = buttons[one.nth % Math.max(1, buttons.length)]
  return button?.kind === 'press' ? { kind: 'press', press: button.press } : { kind: 'text', text: 'привет' }
}

const registry = memoryRegistry()

/** One talk, and what must hold at each of its steps. */
function talked(steps: readonly (readonly [Does, number])[]) {
  const user = chats(registry)('U1')
  const heard: ChatHeard[] = []
  const standing = new Map<string, string>()
  let [said, now] = ['', Date.parse('2026-11-22T03:00:00Z')]
  for (const [one, minutes] of steps) {
    now += minutes * 60_000
    const input = inputOf(one, heard)
    const step = user.send(input, new Date(now).toISOString())
    said += ` ${input.kind === 'text' ? input.text.replaceAll('О', '0') : ''}`
    answersOnce(step)
    for (const number of step.text.match(/\d{5,}/g) ?? [])
      if (!said.includes(number)) expect(lastValues).not.toContain(number)
    const shown = heard.map(({ text }) => text).join(' ')
    for (const reading of readingsOf(step)) {
      for (const { value } of reading.registers) expect(`${said} ${shown}`).toContain(value)
      const key = `${reading.meter} ${reading.period}`
      expect(reading.supersedes).toBe(standing.get(key) ?? null)
      standing.set(key, reading.id)
    }
    expect(user.stored()?.state.length ?? 0).toBeLessThan(10_000)
    heard.push(step)
  }
  return { user, heard, now }
}

/** One message that every messenger shows, unless it is a receipt after an opt-out. */
function answersOnce({ outcome, decision, message }: ChatHeard): void {
  expect(outcome).not.toBe('')
  const messages = decision.answer.messages ?? []
  if (messages.length === 0) expect(outcome).toMatch(/^(?:accepted|duplicate)/)
  else expect(messages).toHaveLength(1)
  if (message === undefined) return
  expect(message.text.trim()).not.toBe('')
  expect(message.buttons.length).toBeLessThanOrEqual(12)
  for (const button of message.buttons.flat())
    if (button.kind === 'press') expect(Buffer.byteLength(button.press)).toBeLessThanOrEqual(PRESS_BYTES_MAX)
}

function readingsOf({ decision }: ChatHeard): readonly (AcceptedReading & { readonly id: string })[] {
  const events = decision.events.filter(({ topic }) => topic === 'readings')
  return events.map(({ data, headers }) => ({ ...JSON.parse(data), id: headers['ce_id'] }))
}

const runs = { seed: 20_261_122, numRuns: 100 }

test('whatever is done in a chat, only values that were sent or shown are accepted, and a whole reading always is', () => {
  fc.assert(
    fc.property(talks, (steps) => {
      const { user, now } = talked(steps)
      const last = user.type('2880950488 250592064305057 56333', new Date(now + 60_000).toISOString())
      expect(last.outcome).toMatch(/^(?:accepted|duplicate)/)
      expect(last.decision.answer.items).toMatchObject([{ meter: '250592064305057', values: [{ value: '56333' }] }])
    }),
    runs,
  )
})

test('whatever is done in a chat, the buttons of its last question answer it, and no others', () => {
  fc.assert(
    fc.property(talks, (steps) => {
      const { user, heard, now } = talked(steps)
      const at = new Date(now + 60_000).toISOString()
      const presses = heard.flatMap(({ message }) => message?.buttons.flat() ?? [])
      const behind = presses.flatMap((one) => (one.kind === 'press' && /^~(?:yes|no)/.test(one.press) ? one.press : []))
      const shown = heard.findLast(({ message }) => message !== undefined)?.message?.buttons.flat() ?? []
      const isShown = (press: string) => shown.some((one) => one.kind === 'press' && one.press === press)
      for (const old of behind.filter((press) => !isShown(press)))
        expect(user.press(old, at)).toMatchObject({ outcome: 'none;code=HELP', accepted: [] })
      const open = behind.findLast(isShown)
      if (open !== undefined) expect(user.press(open, at).outcome).not.toContain('HELP')
    }),
    runs,
  )
})
