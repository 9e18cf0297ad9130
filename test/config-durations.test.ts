import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { conversationLimits } from '../src/dialog/conversation/state.ts'
import { talk } from './dialog/talk.ts'

const DAY_MS = 24 * 3_600_000

function config(env: Record<string, string>) {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.config
}

test('without a word of the operator the numbers are those of the rules', () => {
  expect(config({}).conversationLimits).toEqual(conversationLimits)
  expect(config({}).retention).toEqual({ rawMs: 90 * DAY_MS, decisionsMs: 1_096 * DAY_MS })
})

test('days of retention are the operator’s', () => {
  const { retention } = config({ RAW_KEPT_DAYS: '30', DECISIONS_KEPT_DAYS: '1827' })
  expect(retention).toEqual({ rawMs: 30 * DAY_MS, decisionsMs: 1_827 * DAY_MS })
})

test('what stays known after a no is known as long as the conversation goes on', () => {
  const say = talk(undefined, undefined, config({ CONVERSATION_MINUTES: '120' }).conversationLimits)
  const from = '+79990000001'
  expect(say(from, '2880950488 57000', '2026-11-22T03:00:00Z').outcome).toBe('asked;code=VERY_HIGH')
  expect(say(from, 'нет', '2026-11-22T03:01:00Z').outcome).toBe('none;code=CANCELLED')
  expect(say(from, '56311', '2026-11-22T05:00:59Z').outcome).toBe('accepted;flags="NO_SERIAL"')
})

test('a conversation goes on for as long, and is answered as often, as the operator says', () => {
  const set = config({ CONVERSATION_MINUTES: '45', QUESTION_HOURS: '2', REPLIES_HOURLY_MAX: '3' })
  const say = talk(undefined, undefined, set.conversationLimits)
  const from = '+79990000001'
  expect(say(from, '2896081693', '2026-11-22T03:00:00Z').outcome).toBe('asked;code=VALUES_NEEDED')
  expect(say(from, '251123', '2026-11-22T03:45:00Z').outcome).toBe('accepted;flags="NO_SERIAL"')
  expect(say(from, '2896081693', '2026-11-22T03:46:00Z').text).not.toBe('')
  expect(say(from, '2896081693', '2026-11-22T03:47:00Z').text).toBe('')
  const other = '+79990000002'
  expect(say(other, '2880950488 57000', '2026-11-22T05:00:00Z').outcome).toBe('asked;code=VERY_HIGH')
  expect(say(other, 'да', '2026-11-22T07:00:01Z').outcome).toBe('none;code=HELP')
})
