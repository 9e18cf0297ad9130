import { describe, expect, test } from 'vitest'
import type { Sent } from '../../src/core/chat.ts'
import type { Decision, Store } from '../../src/core/store.ts'
import { accepted, commitTo, sampleAccount, sampleDelivery } from './fixtures.ts'

const one = sampleAccount(1)
const at = (second: number): string => `2026-11-22T03:00:${String(second).padStart(2, '0')}.000Z`
const taken = (providerId: string | null): Sent => ({ kind: 'taken', providerId })
const later = (inDoubt = false): Sent => ({ kind: 'later', why: 'no_answer', afterMs: null, inDoubt })

/** A chat's accepted reading that leaves those texts, by chat. */
export function chatDecision(id: string, ...said: readonly (readonly [to: string, text: string])[]): Decision {
  return decisionIn('viber', id, ...said)
}

function decisionIn(channel: 'viber' | 'telegram', id: string, ...said: readonly (readonly [string, string])[]) {
  const eventChannel = channel === 'viber' ? 'VIBER' : 'TELEGRAM'
  const delivery = sampleDelivery(id, { channel, eventChannel })
  const receipts = said.map(([to, text]) => ({ to, message: { text, buttons: [] } }))
  const decision = accepted(one, delivery)
  const answer = { ...decision.answer, messages: receipts.map(({ message }) => message) }
  return { ...decision, answer, receipts }
}

/** The part of the contract that is about messages to chats. */
export function receiptsContract(house: { store: () => Store; setClock: (at: string) => void }): void {
  const store = () => house.store()
  const commit = (...decisions: Decision[]) => commitTo(store(), decisions)
  const due = (now = at(0), limit = 100, until = at(30)) => store().receiptsDue('viber', now, limit, until)
  const texts = async (now?: string, limit?: number, until?: string) =>
    (await due(now, limit, until)).map(({ message }) => message.text)
  const waiting = async () => (await store().receiptState('viber')).waiting

  describe('receipts', () => {
    test('come with the submission that they answer, and with their buttons', async () => {
      const decision = chatDecision('V1', ['ann', 'привет'])
      const message = { text: 'Верно?', buttons: [[{ kind: 'press', label: 'Да', press: 'yes/1' }]] } as const
      await commit({ ...decision, receipts: [{ to: 'ann', message }] })
      const { submissionId } = decision.answer
      expect(await due()).toEqual([{ seq: 1, channel: 'viber', to: 'ann', message, submissionId, tries: 0 }])
    })

    test('are none where nothing of the batch was written', async () => {
      await commit(chatDecision('V1', ['ann', 'a']))
      await expect(commit(chatDecision('V2', ['ann', 'b']), chatDecision('V1', ['ann', 'c']))).rejects.toThrow()
      expect(await waiting()).toBe(1)
    })

    test('go to each chat in order, one at a time, and to several chats at once', async () => {
      await commit(chatDecision('V1', ['ann', 'a1'], ['ann', 'a2']), chatDecision('V2', ['bob', 'b1']))
      await commit(chatDecision('V3', ['ann', 'a3']))
      const first = await due()
      expect(first.map(({ message }) => message.text)).toEqual(['a1', 'b1'])
      expect(await texts()).toEqual([])
      await store().noteSent(first[0]?.seq ?? 0, taken('1'), at(0))
      const [second] = await due()
      expect(second?.message.text).toBe('a2')
      await store().noteSent(second?.seq ?? 0, { kind: 'never', why: 'blocked' }, at(0))
      expect(await texts()).toEqual(['a3'])
    })

    test('of other channels are left alone', async () => {
      await commit(chatDecision('V1', ['ann', 'a1']))
      expect(await store().receiptsDue('telegram', at(0), 100, at(30))).toEqual([])
      expect(await store().receiptState('telegram')).toEqual({ waiting: 0, oldestAt: null })
    })

    test('wait for none of another channel, though its chat has the same name', async () => {
      await commit(decisionIn('telegram', 'T1', ['ann', 't1']), chatDecision('V1', ['ann', 'a1']))
      expect(await texts()).toEqual(['a1'])
    })

    test('are handed out at most as many as asked for, the longest due first', async () => {
      await commit(...['ann', 'bob', 'cat'].map((to) => chatDecision(to, [to, to])))
      expect(await texts(at(0), 2)).toEqual(['ann', 'bob'])
      expect(await texts(at(0), 2)).toEqual(['cat'])
      await store().noteSent(1, later(), at(20))
      await store().noteSent(2, later(), at(10))
      expect(await texts(at(20), 1)).toEqual(['bob'])
    })

    test('are handed out again when their sender died, and what comes after them waits until then', async () => {
      await commit(chatDecision('V1', ['ann', 'a1'], ['ann', 'a2']))
      expect(await texts(at(0))).toEqual(['a1'])
      expect(await texts(at(29))).toEqual([])
      expect(await texts(at(30))).toEqual(['a1'])
    })

    test('that are to be tried again wait for their time and count their tries', async () => {
      await commit(chatDecision('V1', ['ann', 'a1'], ['ann', 'a2']))
      await due()
      await store().noteSent(1, later(), at(10))
      expect(await texts(at(9))).toEqual([])
      expect(await due(at(10))).toMatchObject([{ seq: 1, tries: 1 }])
    })

    test('that wait are counted, with the instant of the oldest', async () => {
      await commit(chatDecision('V1', ['ann', 'a1']))
      house.setClock(at(5))
      await commit(chatDecision('V2', ['ann', 'a2']))
      expect(await store().receiptState('viber')).toEqual({ waiting: 2, oldestAt: at(0) })
      await store().noteSent(1, taken(null), at(5))
      expect(await store().receiptState('viber')).toEqual({ waiting: 1, oldestAt: at(5) })
    })

    test('are not kept a second time in the answer; messages of the answer alone are', async () => {
      const decision = chatDecision('V1', ['ann', 'Zaumwort'])
      const welcome = { ...chatDecision('V2', ['ann', 'welcome']), receipts: [] }
      await commit(decision, welcome)
      const { messages: _, ...kept } = decision.answer
      expect(await store().answerOf(decision.answer.submissionId)).toEqual(kept)
      expect(await store().answerOf(welcome.answer.submissionId)).toEqual(welcome.answer)
    })

    test.each<[string, Partial<Decision['answer']>]>([
      ['without an item', { outcomes: [{ kind: 'none', code: 'HELP' }], items: [] }],
      ['other than that of its item', { outcomes: [{ kind: 'held', code: 'OVER_CAP' }] }],
    ])('and an outcome %s is given back as it was', async (_which, outcome) => {
      const { messages: _, ...bare } = chatDecision('V1', ['ann', 'a1']).answer
      const answer = { ...bare, ...outcome }
      await commit({ ...chatDecision('V1'), answer })
      expect(await store().answerOf(answer.submissionId)).toEqual(answer)
    })

    test.each([
      ['alone', {}],
      ['beside a message', { messages: [{ text: 'a', buttons: [] }] }],
    ])('and what was said in a call, %s, is given back word for word', async (_how, more) => {
      const { receipts: _, ...decision } = chatDecision('CA1', ['ann', 'a1'])
      const { messages: __, ...bare } = decision.answer
      const step = { of: 'value', step: '3-0', register: 'T1', speech: true, digits: null, hints: ['да'] } as const
      const answer = { ...bare, ...more, spoken: { say: ['Назовите «показание».', '…'], expect: step } }
      await commit({ ...decision, answer })
      expect(await store().answerOf(answer.submissionId)).toEqual(answer)
    })
  })

  describe('a callback', () => {
    const handOut = async () => {
      await commit(chatDecision('V1', ['ann', 'a1'], ['ann', 'a2']))
      await due()
    }

    test('that a message reached the chat ends the receipt whose sender died', async () => {
      await handOut()
      await store().noteReached('viber', 'ann', 'P1')
      expect(await texts()).toEqual(['a2'])
    })

    test('ends the one that is out, and none that was over before', async () => {
      await handOut()
      await store().noteSent(1, taken('P1'), at(0))
      await due()
      await store().noteReached('viber', 'ann', 'P2')
      expect(await waiting()).toBe(0)
    })

    test('ends no second receipt when it comes again', async () => {
      await handOut()
      await store().noteReached('viber', 'ann', 'P1')
      await due()
      await store().noteReached('viber', 'ann', 'P1')
      expect(await waiting()).toBe(1)
    })

    test.each(['P1', null])('of a receipt that is known by its id ends no other, noted with %s', async (noted) => {
      await handOut()
      await store().noteReached('viber', 'ann', 'P1')
      await store().noteSent(1, taken(noted), at(0))
      await due()
      await store().noteReached('viber', 'ann', 'P1')
      expect(await waiting()).toBe(1)
    })

    test('ends its own, though another channel has a message of the same id', async () => {
      await handOut()
      await commit(decisionIn('telegram', 'T1', ['tom', 't1']))
      const [other] = await store().receiptsDue('telegram', at(0), 1, at(30))
      await store().noteSent(other?.seq ?? 0, taken('P1'), at(0))
      await store().noteReached('viber', 'ann', 'P1')
      expect(await texts()).toEqual(['a2'])
    })

    test('about another chat, or where nothing is handed out, changes nothing', async () => {
      await commit(chatDecision('V1', ['ann', 'a1']))
      await store().noteReached('viber', 'ann', 'P1')
      await due()
      await store().noteReached('viber', 'bob', 'P2')
      await store().noteReached('telegram', 'ann', 'P3')
      expect(await waiting()).toBe(1)
    })

    test('ends what is in doubt, but not what is only to be tried again', async () => {
      await handOut()
      await store().noteSent(1, later(), at(10))
      await store().noteReached('viber', 'ann', 'P1')
      expect(await waiting()).toBe(2)
      await due(at(10))
      await store().noteSent(1, later(true), at(20))
      await store().noteReached('viber', 'ann', 'P1')
      expect(await waiting()).toBe(1)
    })

    test('that comes before the sender notes its result stays right, whatever that is', async () => {
      await handOut()
      await store().noteReached('viber', 'ann', 'P1')
      await store().noteSent(1, later(true), at(0))
      expect(await waiting()).toBe(1)
      await store().noteSent(1, taken('P1'), at(0))
      expect(await waiting()).toBe(1)
    })

    test('about an unknown message is ignored', async () => {
      await store().noteFailed('viber', 'P9', at(0))
      await store().noteReached('viber', 'ann', 'P9')
      await handOut()
      await store().noteSent(1, taken('P1'), at(0))
      await store().noteFailed('viber', 'P1', at(1))
      expect(await texts()).toEqual(['a2'])
    })
  })

  describe('a purge of receipts', () => {
    const never = '2000-01-01T00:00:00.000Z'

    test('removes their messages with the raw input, and what still waited is over', async () => {
      await commit(...Array.from({ length: 250 }, (_, n) => chatDecision(`V${n}`, [`c${n}`, 'a'], [`c${n}`, 'b'])))
      house.setClock(at(5))
      await commit(chatDecision('later', ['ann', 'later']))
      expect(await store().purge(at(5), never)).toEqual({ raw: 250, decisions: 0 })
      expect(await waiting()).toBe(1)
      expect(await texts(at(5))).toEqual(['later'])
    })

    test('removes all of them with the decisions, and a seq never comes again', async () => {
      await commit(chatDecision('V1', ['ann', 'a1']))
      await store().purge(at(1), at(1))
      await commit(chatDecision('V2', ['ann', 'a2']))
      expect(await due()).toMatchObject([{ seq: 2, message: { text: 'a2' } }])
    })
  })
}
