import { expect, test } from 'vitest'
import { deepLinkOf } from '../../src/channel/deep-link.ts'
import type { Deed, MessengerName, Shown } from '../../src/cli/demo/played-messenger.ts'
import type { Account, Meter } from '../../src/core/facts.ts'
import { tail } from '../../src/dialog/chat/buttons.ts'
import { meterRef } from '../../src/dialog/chat/presses.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { eventually } from '../eventually.ts'
import { openChatGateway } from './chat-house.ts'
import { sharedHouse } from './shared-house.ts'

const USERS = 200

/** A user of one of the messengers, with an account of his own. */
interface User {
  readonly messenger: MessengerName
  readonly id: string
  readonly account: Account
  readonly meter: string
  /** Numbers that nobody else types. */
  readonly values: readonly string[]
}

const users = [...fixtureAccounts().values()]
  .filter(({ meters: [meter, other] }) => meter?.status === 'ACTIVE' && other === undefined && hasRoom(meter))
  .slice(0, USERS)
  .map((account, at): User => {
    const [meter] = account.meters
    const values = (meter?.registers ?? []).map(({ lastValue }) => String(Math.floor(Number(lastValue)) + 21 + at))
    return {
      messenger: at % 2 === 0 ? 'viber' : 'telegram',
      id: String(7_000 + at),
      account,
      meter: meter?.meter ?? '',
      values,
    }
  })

/** Whether a few hundred more can still be shown on its registers. */
function hasRoom({ registers }: Meter): boolean {
  return registers.every(({ lastValue, digits }) => Number(lastValue) + 500 < 10 ** digits)
}

const house = sharedHouse((registry) => openChatGateway(registry, '2026-11-22T03:00:00Z'))

/** What each does, one after the other; the users' deeds are mixed. */
function deedsOf({ account, meter, values }: User): readonly Deed[] {
  return [
    { kind: 'open', link: deepLinkOf(account.account, meter) ?? '' },
    { kind: 'text', text: values.join(' ') },
    { kind: 'press', press: '~sent' },
    { kind: 'press', press: '~meters' },
    { kind: 'text', text: 'помощь' },
  ]
}

/** A user who waits for nobody but his own answers, and not always for those. */
async function talk(user: User, at: number): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const [step, deed] of deedsOf(user).entries()) {
    await new Promise((resolve) => setTimeout(resolve, (at * 7 + step * 13) % 40))
    statuses.push((await house().play(user.messenger, user.id, deed)).status)
  }
  return statuses
}

test('two hundred users who talk at once get their own welcomes, texts and keyboards, each once', async () => {
  expect(users).toHaveLength(USERS)
  const statuses = await Promise.all(users.map(talk))
  expect(new Set(statuses.flat())).toEqual(new Set([200]))
  const waiting = async (channel: string) => (await house().store.receiptState(channel)).waiting
  await eventually(async () => (await waiting('viber')) + (await waiting('telegram')) === 0)
  const shown = [...house().viber.shown(), ...house().telegram.shown()]
  expect(shown).toHaveLength(USERS * 5)
  const typed = Map.groupBy(
    users.flatMap(({ id, values }) => values.map((value) => ({ value, id }))),
    (one) => one.value,
  )
  const typers = new Map([...typed].map(([value, all]) => [value, new Set(all.map(({ id }) => id))]))
  for (const user of users) {
    const own = shown.filter(({ messenger, user: id }) => messenger === user.messenger && id === user.id)
    expect(own).toHaveLength(5)
    expect(own[0]?.text).toMatch(/^Здравствуйте!/)
    expect(own[0]?.text).toContain(tail(user.meter))
    expect(own[1]?.text).toContain(user.values[0])
    expectOwn(user, own, typers)
  }
  expect((await house().accepted()).length).toBeGreaterThan(USERS / 2)
})

/** Every number that can be read, and every meter behind a button, is the user's own. */
function expectOwn(user: User, own: readonly Shown[], typed: ReadonlyMap<string, ReadonlySet<string>>): void {
  const { account, meter, id } = user
  const tails = new Set([tail(account.account), tail(meter)])
  const buttons = own.flatMap(({ rows }) => rows.flat())
  const read = [...own.map(({ text }) => text), ...buttons.map(({ label }) => label)].join('\n')
  for (const [found] of read.matchAll(/\*\w{4}/g)) expect(tails).toContain(found)
  for (const [number] of read.matchAll(/(?<![*\w])\d{4,}/g)) expect(typed.get(number)?.has(id) ?? true).toBe(true)
  const ref = meterRef({ branch: account.branch, account: account.account, meter })
  for (const { press } of buttons) {
    if (press?.startsWith('~meter.')) expect(press).toBe(`~meter.${ref}`)
  }
}
