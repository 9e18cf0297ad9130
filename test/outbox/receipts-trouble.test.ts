import { describe, expect, test } from 'vitest'
import type { Sent } from '../../src/core/chat.ts'
import { until, untilAborted } from './fakes.ts'
import { later, messenger, started, taken } from './receipt-parts.ts'
import type { memoryReceipts } from './receipt-store.ts'

describe('receipts in trouble', () => {
  test('wait out an hour in which the messenger is down, and follow in order, each once', async () => {
    const { time, chat, log, start, write, done } = started({}, () => (time.ms < back ? later : taken))
    const back = time.ms + 3_600_000
    for (let number = 1; number <= 3; number += 1)
      for (let user = 0; user < 20; user += 1) write(`user ${user}`, `${number}`)
    start()
    await done()
    expect(chat.shown).toHaveLength(60)
    for (let user = 0; user < 20; user += 1) {
      const own = chat.shown.filter((line) => line.startsWith(`user ${user} `)).map((line) => line.split(' ')[2])
      expect(own).toEqual(['1', '2', '3'])
    }
    expect(time.ms - back).toBeLessThan(120_000)
    // A messenger that is down is asked about every half minute, not by every chat in turn.
    expect(chat.calls - 60).toBeLessThan(260)
    // Whoever is on call is told once when it begins and once when it is over.
    const told = log.lines.filter(({ message }) => /^the messenger /.test(message))
    expect(told.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn the messenger takes no receipts; they wait in the store',
      'info the messenger takes receipts again',
    ])
    // Not of each try meanwhile.
    expect(log.lines.length).toBeLessThan(10)
  })

  test('are sent once although the store breaks before the result is noted', async () => {
    const { store, chat, start, write, done } = started({}, () => {
      store.broken = true
      setTimeout(() => (store.broken = false), 20)
      return taken
    })
    write('a', '1')
    start()
    await until(() => chat.shown.length === 1 && !store.broken)
    await done()
    expect(chat.calls).toBe(1)
  })

  test('that the store can not read are given up without the messenger, told, and hold up nobody', async () => {
    const { store, chat, log, told, start, write, done } = started()
    for (const text of ['1', '2']) write('a', text)
    Object.assign(store.kept[0] ?? {}, { message: { text: '', buttons: [] }, isUnreadable: true })
    start()
    await done()
    expect([chat.shown, told]).toEqual([['a 2'], ['never', 'taken']])
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { seq: 1, why: 'unreadable' } }])
  })

  test('are not begun after close while the messenger is away', async () => {
    const { chat, start, write } = started({ wait: untilAborted }, () => later)
    for (let user = 0; user < 5; user += 1) write(`user ${user}`, '1')
    const sender = start()
    await until(() => chat.calls === 5 && chat.atOnce === 0)
    write('user 5', '1')
    await sender.close()
    expect(chat.calls).toBe(5)
  })

  test('whose result cannot be noted are left alone when the sender closes', async () => {
    const { store, log, start, write } = started({}, () => {
      store.broken = true
      return taken
    })
    write('a', '1')
    const sender = start()
    const told = () => log.lines.filter(({ message }) => message.startsWith('a sent receipt could not be noted')).length
    await until(() => told() > 1)
    await sender.close()
    const before = told()
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(told()).toBe(before)
  })

  test('go on after the store could not be read', async () => {
    const { store, chat, log, start, write } = started()
    store.broken = true
    write('a', '1')
    start()
    await until(() => log.lines.some(({ message }) => message.startsWith('receipts could not be read')))
    expect(chat.calls).toBe(0)
    store.broken = false
    await until(() => chat.shown.length === 1)
  })

  test('are not asked for at each nudge while the store cannot be read', async () => {
    const { store, log, start } = started({ wait: untilAborted })
    store.broken = true
    const sender = start()
    await until(() => log.lines.length === 1)
    for (let turn = 0; turn < 5; turn += 1) {
      sender.nudge()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(log.lines).toHaveLength(1)
  })

  test('in doubt are not tried again where something reached the chat meanwhile', async () => {
    const doubt: Sent = { kind: 'later', why: 'no-answer', afterMs: 30_000, inDoubt: true }
    const { store, chat, start, write, done } = started({ pace: { pollMs: 100 } }, ({ message }) =>
      message.text === '1' ? doubt : taken,
    )
    write('a', '1')
    write('a', '2')
    start()
    await until(() => store.kept[0]?.tries === 1)
    await store.noteReached('viber', 'a', '5')
    await done()
    expect([chat.calls, chat.shown]).toEqual([2, ['a 2']])
  })

  describe('whose sender died', () => {
    /** A sender that is killed while the messenger has the message, and another that starts after it. */
    async function killed(meanwhile: (store: ReturnType<typeof memoryReceipts>) => Promise<void>) {
      const house = started({ pace: { closeMs: 0, leaseMs: 30_000, pollMs: 100 } })
      const { store, chat, start, write, done, time } = house
      write('a', '1')
      write('a', '2')
      const dead = messenger(() => new Promise(() => {}))
      const first = start({ messenger: dead.messenger })
      await until(() => dead.calls === 1)
      await first.close()
      await meanwhile(store)
      const restartedAt = time.ms
      start()
      await done()
      return { shown: chat.shown, tookMs: time.ms - restartedAt }
    }

    test('before the messenger answered are sent again after the lease, in order', async () => {
      const { shown, tookMs } = await killed(async () => {})
      expect(shown).toEqual(['a 1', 'a 2'])
      expect(tookMs).toBeGreaterThan(29_000)
    })

    test('are not sent again where the messenger tells that something reached the chat', async () => {
      expect((await killed((store) => store.noteReached('viber', 'a', '123'))).shown).toEqual(['a 2'])
    })

    test('are sent again where what reached the chat is another chat or channel', async () => {
      const elsewhere = async (store: ReturnType<typeof memoryReceipts>) => {
        await store.noteReached('viber', 'b', '123')
        await store.noteReached('telegram', 'a', '124')
      }
      expect((await killed(elsewhere)).shown).toEqual(['a 1', 'a 2'])
    })
  })
})
