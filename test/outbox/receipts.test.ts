import { describe, expect, test } from 'vitest'
import type { Receipt, Sent } from '../../src/core/chat.ts'
import { until, untilAborted } from './fakes.ts'
import { later, messenger, never, started, taken } from './receipt-parts.ts'

describe('receipts', () => {
  test('leave in order for each chat, and for several chats at the same time', async () => {
    const { time, chat, start, write, done } = started()
    const began = time.ms
    for (let number = 1; number <= 5; number += 1) for (const to of ['a', 'b', 'c']) write(to, `${number}`)
    start()
    await done()
    for (const to of ['a', 'b', 'c']) {
      expect(chat.shown.filter((line) => line.startsWith(to))).toEqual(
        [1, 2, 3, 4, 5].map((number) => `${to} ${number}`),
      )
    }
    expect([chat.crossed, chat.most > 1, time.ms - began < 1_000]).toEqual([false, true, true])
  })

  test('are sent to no more chats at the same time than the pace says', async () => {
    const { store, chat, start, write, done } = started({ pace: { atOnce: 4 } })
    const { receiptsDue } = store
    const asked: number[] = []
    store.receiptsDue = (channel, now, limit, until) => {
      asked.push(limit)
      return receiptsDue(channel, now, limit, until)
    }
    for (let number = 0; number < 40; number += 1) write(`user ${number}`, 'hello')
    start()
    await done()
    expect([chat.most, chat.shown.length]).toEqual([4, 40])
    // A store may take a limit below one for none.
    expect(Math.min(...asked)).toBeGreaterThan(0)
  })

  test('of other channels are left alone', async () => {
    const { store, chat, start, write } = started()
    store.add('telegram', 'a', { text: 'not ours', buttons: [] })
    write('a', 'ours')
    start()
    await until(() => chat.shown.length === 1)
    expect([chat.shown, store.kept[0]?.end]).toEqual([['a ours'], null])
  })

  test('that come later leave at once when the sender is nudged', async () => {
    const slept = Promise.withResolvers<void>()
    const { chat, start, write } = started()
    // Only a nudge ends the long sleep here.
    const sender = start({
      pace: { pollMs: 3_600_000 },
      wait: (ms, signal) => {
        slept.resolve()
        return untilAborted(ms, signal)
      },
    })
    await slept.promise
    write('a', 'hello')
    sender.nudge('a')
    await until(() => chat.shown.length === 1)
  })

  test('keep their order when one fails: what follows it waits, other chats do not', async () => {
    let failures = 3
    const answer = ({ to }: Receipt) => (to === 'a' && failures-- > 0 ? later : taken)
    const { chat, told, start, write, done } = started({}, answer)
    write('a', '1')
    write('a', '2')
    write('b', '1')
    start()
    await done()
    expect(chat.shown).toEqual(['b 1', 'a 1', 'a 2'])
    expect(told.filter((kind) => kind === 'later')).toHaveLength(3)
  })

  test.each<[string, Sent[], number[]]>([
    ['doubling pauses', [later, later, later], [750, 1_500, 3_000]],
    ['as long as the messenger asks', [{ kind: 'later', why: 'status-429', afterMs: 7_000 }], [7_000]],
    ['never shorter than our own', [{ kind: 'later', why: 'status-429', afterMs: 10 }], [750]],
  ])('are tried again after %s', async (_why, said, pauses) => {
    const at: number[] = []
    const { time, start, write, done } = started({ pace: { pollMs: 1 } }, () => {
      at.push(time.ms)
      return said.shift() ?? taken
    })
    write('a', '1')
    start()
    await done()
    const between = at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    between.forEach((ms, index) => {
      expect(ms - (pauses[index] ?? 0)).toBeGreaterThanOrEqual(0)
      expect(ms - (pauses[index] ?? 0)).toBeLessThan(20)
    })
    expect(between).toHaveLength(pauses.length)
  })

  test('that are refused for good are given up, said so, and let the next one go', async () => {
    const answer = ({ message }: Receipt) => (message.text === '1' ? never : taken)
    const { chat, log, start, write, done } = started({}, answer)
    write('a', '1')
    write('a', '2')
    start()
    await done()
    expect([chat.calls, chat.shown]).toEqual([2, ['a 2']])
    const line = log.lines.find(({ level }) => level === 'warn')
    expect(line?.fields).toEqual({ channel: 'viber', seq: 1, why: 'status-6', tries: 1 })
  })

  test('stop at the number that may go unanswered, until the window is over or the user writes', async () => {
    const limited = messenger()
    const unanswered = { most: 3, windowMs: 3_600_000 }
    const { time, start, write, done } = started({ messenger: { ...limited.messenger, unanswered } })
    const began = time.ms
    for (let number = 1; number <= 5; number += 1) write('a', `${number}`)
    start()
    await until(() => limited.shown.length === 3)
    expect(time.ms - began).toBeLessThan(60_000)
    await done()
    expect(time.ms - began).toBeGreaterThanOrEqual(3_600_000)
    expect(limited.calls).toBe(5)
    expect(limited.shown).toEqual(['a 1', 'a 2', 'a 3', 'a 4', 'a 5'])
  })

  test('are no messages that went unanswered before the messenger has taken them', async () => {
    let failures = 3
    const shaky = messenger(() => (failures-- > 0 ? later : taken))
    const unanswered = { most: 1, windowMs: 3_600_000 }
    const { time, start, write, done } = started({ messenger: { ...shaky.messenger, unanswered } })
    const began = time.ms
    write('a', '1')
    start()
    await done()
    expect(time.ms - began).toBeLessThan(60_000)
  })

  test('that a chat refuses, or has to answer first, make no messenger that is away', async () => {
    const refusing = messenger(({ to }) => (to.startsWith('blocked') ? never : taken))
    const unanswered = { most: 1, windowMs: 3_600_000 }
    const { log, start, write, done } = started({ messenger: { ...refusing.messenger, unanswered } })
    for (let number = 0; number < 10; number += 1) write(`blocked ${number}`, '1')
    for (let number = 0; number < 10; number += 1) {
      write(`silent ${number}`, '1')
      write(`silent ${number}`, '2')
    }
    start()
    await done()
    expect(refusing.shown).toHaveLength(20)
    expect(log.lines.filter(({ message }) => message.startsWith('the messenger '))).toEqual([])
  })

  test('count as answered when the chat writes', async () => {
    const limited = messenger()
    const { time, start, write, done } = started({
      messenger: { ...limited.messenger, unanswered: { most: 1, windowMs: 3_600_000 } },
    })
    const began = time.ms
    const sender = start()
    write('a', '1')
    sender.nudge('a')
    await done()
    write('a', '2')
    sender.nudge('a')
    await done()
    expect([limited.shown, time.ms - began < 60_000]).toEqual([['a 1', 'a 2'], true])
  })

  test('are handed to one of two senders alone', async () => {
    const { chat, start, write, done } = started()
    for (let number = 0; number < 30; number += 1) write(`user ${number % 10}`, `${number}`)
    start()
    start()
    await done()
    expect(chat.shown).toHaveLength(30)
  })

  test('that are on their way for longer than the lease are not begun a second time', async () => {
    let answer = (_sent: Sent) => {}
    const { time, chat, start, write, done } = started(
      { pace: { leaseMs: 1_000, pollMs: 1_000 } },
      () => new Promise((resolve) => (answer = resolve)),
    )
    const began = time.ms
    write('a', '1')
    start()
    await until(() => time.ms - began > 10_000)
    answer(taken)
    await done()
    expect(chat.calls).toBe(1)
  })

  test('are not begun after close, and what is on its way is noted', async () => {
    let answer = (_sent: Sent) => {}
    const { store, start, write } = started({}, () => new Promise((resolve) => (answer = resolve)))
    write('a', '1')
    write('a', '2')
    const sender = start()
    await until(() => store.kept[0]?.isOut === true)
    await new Promise((resolve) => setImmediate(resolve))
    const closed = sender.close()
    await new Promise((resolve) => setImmediate(resolve))
    answer(taken)
    await closed
    await until(() => store.kept[0]?.end !== null)
    expect(store.kept[1]?.isOut).toBe(false)
  })
})
