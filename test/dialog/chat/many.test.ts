import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatMessage } from '../../../src/core/chat.ts'
import type { Account } from '../../../src/core/facts.ts'
import { LABEL_LETTERS_MAX, ROWS_MAX, tail } from '../../../src/dialog/chat/buttons.ts'
import { isPress, PRESS_BYTES_MAX, readPress } from '../../../src/dialog/chat/presses.ts'
import { MESSAGE_LETTERS_MAX } from '../../../src/dialog/chat/render.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { memoryRegistry } from '../talk.ts'
import { type ChatHeard, type ChatUser, chats } from './talk.ts'

const USERS = 200
const accounts = [...fixtureAccounts().values()].slice(0, USERS)
const registry = memoryRegistry(accounts.map((one, at) => ({ ...one, phone: `+7990${String(at).padStart(7, '0')}` })))

/** What a user does next; `n` chooses among buttons, or makes the value. */
interface Step {
  readonly does: 'tap' | 'values' | 'all' | 'account' | 'doubted' | 'contact' | 'bill' | 'opened' | 'words' | 'picture'
  readonly n: number
}

const kinds: readonly Step['does'][] = [
  'tap',
  'tap',
  'tap',
  'values',
  'all',
  'account',
  'doubted',
  'contact',
  'bill',
  'opened',
  'words',
  'picture',
]
const step = fc.record({ does: fc.constantFrom(...kinds), n: fc.nat({ max: 40 }) })
const WORDS = ['да', 'нет', 'отмена', 'помощь', 'стоп', 'старт', 'день', 'hello', 'Мои счётчики', '1', '🙂', '']

const phoneOf = (at: number) => `+7990${String(at).padStart(7, '0')}`

function meterOf({ meters }: Account) {
  return meters.find(({ status }) => status === 'ACTIVE') ?? meters[0]
}

function valuesOf(account: Account, more: number): string {
  return (meterOf(account)?.registers ?? []).map(({ lastValue }) => Math.floor(Number(lastValue)) + more).join(' ')
}

function take(user: ChatUser, at: number, { does, n }: Step, last: ChatMessage | undefined): ChatHeard {
  const account = accounts[at] as Account
  const meter = meterOf(account)?.meter ?? ''
  const presses = (last?.buttons.flat() ?? []).flatMap((one) => (one.kind === 'press' ? [one.press] : []))
  if (does === 'tap') return user.press(presses[n % Math.max(presses.length, 1)] ?? '~help')
  if (does === 'values') return user.type(valuesOf(account, 20 + n))
  if (does === 'all') return user.type(`${account.account} ${meter} ${valuesOf(account, 20 + n)}`)
  if (does === 'account') return user.type(account.account)
  if (does === 'doubted') return user.type(`${account.account} ${valuesOf(account, 3000 + n)}`)
  if (does === 'contact') return user.send({ kind: 'contact', phone: phoneOf(at) })
  if (does === 'bill') return user.send({ kind: 'identity', account: account.account, meter: n % 2 ? meter : null })
  if (does === 'opened')
    return user.send({ kind: 'opened', account: n % 2 ? account.account : null, meter, inAnswer: n % 3 === 0 })
  if (does === 'picture') return user.send({ kind: 'unreadable', what: 'picture' })
  return user.type(WORDS[n % WORDS.length] ?? '')
}

/** Lets each user take the steps in the given order of turns; answers by user. */
function talked(scripts: readonly (readonly Step[])[], turns: readonly number[]): readonly (readonly ChatHeard[])[] {
  const open = chats(registry)
  const users = scripts.map((_, at) => open(`user-${at}`))
  const heard = scripts.map((): ChatHeard[] => [])
  for (const at of turns) {
    const own = heard[at] as ChatHeard[]
    const next = scripts[at]?.[own.length]
    const last = own.findLast(({ message }) => message !== undefined)?.message
    if (next !== undefined) own.push(take(users[at] as ChatUser, at, next, last))
  }
  return heard
}

/** Last digits and questions in the newest message are the user's own. */
function expectOwn(heard: readonly ChatHeard[], at: number): void {
  const message = heard.at(-1)?.message
  if (message === undefined) return
  const { account, meters } = accounts[at] as Account
  const own = new Set([account, ...meters.map(({ meter }) => meter)].map(tail))
  const labels = message.buttons.flat().map(({ label }) => label)
  for (const [shown] of [message.text, ...labels].join('\n').matchAll(/\*\w{4}/g)) expect(own).toContain(shown)
  const asked = new Set(heard.map(({ decision }) => decision.answer.submissionId.slice(0, 8)))
  for (const button of message.buttons.flat()) {
    const press = button.kind === 'press' ? readPress(button.press) : null
    if (press !== null && 'question' in press) expect(asked).toContain(press.question.slice(0, 8))
  }
}

function isWelcomeWithMeter(taken: Step | undefined, at: number): boolean {
  const isActive = accounts[at]?.meters.some(({ status }) => status === 'ACTIVE') ?? false
  return taken?.does === 'opened' && taken.n % 2 === 1 && isActive
}

function expectFit({ message, decision }: ChatHeard, at: number): void {
  for (const { to } of decision.receipts ?? []) expect(to).toBe(`user-${at}`)
  if (message === undefined) return
  const account = accounts[at] as Account
  expect(message.text.length).toBeGreaterThan(0)
  expect(message.text.length).toBeLessThanOrEqual(MESSAGE_LETTERS_MAX)
  expect(message.buttons.length).toBeLessThanOrEqual(ROWS_MAX)
  const shown = JSON.stringify(message)
  /** A proposal is a repair of what was typed, and may fall on any value. */
  const told = message.text.replace(/^.*\?.*$/gm, '')
  expect(shown).not.toContain(account.account)
  expect(shown).not.toContain(phoneOf(at))
  for (const { meter, registers } of account.meters) {
    expect(shown).not.toContain(meter)
    for (const { lastValue } of registers)
      if (lastValue.length > 4) expect(told).not.toMatch(new RegExp(`(?<!\\d)${lastValue}(?!\\d)`))
  }
  for (const button of message.buttons.flat()) {
    expect(button.label.length).toBeLessThanOrEqual(LABEL_LETTERS_MAX)
    if (button.kind !== 'press') continue
    expect(Buffer.byteLength(button.press)).toBeLessThanOrEqual(PRESS_BYTES_MAX)
    expect(isPress(button.press), button.press).toBe(true)
  }
}

const scripts = fc.array(fc.array(step, { minLength: 3, maxLength: 9 }), { minLength: USERS, maxLength: USERS })
const order = fc.array(fc.nat({ max: USERS - 1 }), { minLength: USERS * 9, maxLength: USERS * 9 })

test.each([1, 2, 3, 4, 5, 6])(
  'two hundred users at once hear each what they would hear alone, and nothing personal (seed %i)',
  (seed) => {
    const [[some = [], mixed = []] = []] = fc.sample(fc.tuple(scripts, order), { seed, numRuns: 1 })
    const oneByOne = some.flatMap((steps, at) => steps.map(() => at))
    const together = talked(some, [...mixed, ...oneByOne])
    const alone = talked(some, oneByOne)
    expect(together).toHaveLength(USERS)
    for (const [at, own] of together.entries()) {
      expect(own).toHaveLength(some[at]?.length ?? 0)
      expect(own.map(({ message }) => message)).toEqual(alone[at]?.map(({ message }) => message))
      for (const [turn, one] of own.entries()) {
        expectFit(one, at)
        expectOwn(own.slice(0, turn + 1), at)
        if (isWelcomeWithMeter(some[at]?.[turn], at)) expect(one.text).toMatch(/\*\w{4}/)
      }
    }
    expect(together.flat().filter(({ accepted }) => accepted.length > 0).length).toBeGreaterThan(USERS / 4)
  },
)

test.each([
  '~',
  '~pass.x',
  '~yes',
  '~yes.1.2',
  '~meter.00000000',
  '~unbind.99',
  '~choose.1.2.3',
  'x'.repeat(70),
  '',
  '~language.de',
])('a press of «%s» that was never ours changes nothing', (press) => {
  const user = chats(registry)('U1')
  const heard = user.press(press)
  expect(heard).toMatchObject({ outcome: 'none;code=HELP', accepted: [] })
  expect(heard.text).toContain('Эта кнопка от прошлого вопроса')
})

test('a button of one user means nothing to another', () => {
  const open = chats(registry)
  const [mine, theirs] = [open('user-1'), open('user-2')]
  mine.send({ kind: 'contact', phone: phoneOf(1) })
  theirs.send({ kind: 'contact', phone: phoneOf(2) })
  const account = accounts[1] as Account
  expect(mine.type(`${account.account} ${meterOf(account)?.meter} ${valuesOf(account, 100)}`).accepted).toHaveLength(1)
  expect(theirs.press(mine.behind('Исправить')).text).toContain('Эта кнопка от прошлого вопроса')
})
