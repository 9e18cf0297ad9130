import { describe, expect, test } from 'vitest'
import { play } from '../channels/call-script.ts'
import { metricsOf } from '../drill/gateway-process.ts'
import { recordProblems } from '../schemas/validate.ts'
import { rows, STRANGER } from './call-rows.ts'
import { openFixtureHouse, type PrintedEvent } from './fixture-house.ts'
import { ofTheHouse, personalIn } from './personal.ts'
import { sharedHouse } from './shared-house.ts'

const OPERATOR = '+74212000000'
const NOON = '2026-11-22T03:00:00Z'

const house = sharedHouse((registry) => openFixtureHouse(registry, NOON, { env: { OPERATOR_NUMBER: OPERATOR } }))

/** `5057 T1=56311 CUSTOMER NO_SERIAL`, one a reading; `rejected OUT_OF_WINDOW`. */
function written({ topic, data }: PrintedEvent): string {
  if (topic !== 'meter-readings') return `rejected ${data['codes']}`
  const { meter, registers, quality, flags } = data as unknown as {
    meter: string
    registers: { register: string; value: string }[]
    quality: string
    flags: string[]
  }
  const values = registers.map(({ register, value }) => `${register}=${value}`)
  return [meter.slice(-4), ...values, quality, ...flags].join(' ')
}

describe('a caller who knows nothing but the TwiML that he gets', () => {
  test.each(rows)('%s', async (_name, from, greeted, turns, events) => {
    const before = (await house().events()).length
    const does = turns.map(([one]) => one)
    const { heard } = await play((raw) => house().post(raw), from, does)
    expect(heard).toEqual([greeted, ...turns.map(([, hears]) => hears)])
    const made = (await house().events()).slice(before)
    expect(made.map(written)).toEqual(events)
    expect(made.flatMap(({ headers, data }) => recordProblems({ headers, value: JSON.stringify(data) }))).toEqual([])
  })

  /** Every question that the script has, and how a stranger comes to it. */
  const questions: readonly (readonly [asked: string, does: readonly string[], values: boolean])[] = [
    ['account', [], false],
    ['serial', ['#2863396002'], false],
    ['value T1', ['#2863396002', '#8840'], false],
    ['value T2', ['#2884301686', '#9204', '#693760'], true],
    ['confirm', ['#2863396002', '#8840', '#54499'], true],
    ['confirm of a doubtful value', ['#2863396002', '#8840', '#54200', '#1'], true],
  ]

  test.each(questions)('who presses 0 at %s gets an operator, and no event', async (_asked, does, values) => {
    const before = (await house().events()).length
    const { call } = await play((raw) => house().post(raw), STRANGER, [...does, '#0'])
    const { dial, outcome, say } = call.now()
    expect(say).toEqual(['Соединяю с оператором.'])
    expect(dial?.number).toBe(OPERATOR)
    expect(outcome).toMatch(values ? /^held;code=(UNCONFIRMED|FEW_VALUES|BELOW_PREVIOUS)$/ : /^none;code=HELP$/)
    expect(await house().events()).toHaveLength(before)
  })

  test.each(questions)('who hangs up at %s leaves no event, and what he said is held', async (_asked, does, values) => {
    const before = (await house().events()).length
    const { heard } = await play((raw) => house().post(raw), STRANGER, [...does, '.'])
    expect(heard.at(-1)).toMatch(values ? /^bye held;code=/ : /^bye none;code=HELP$/)
    expect(await house().events()).toHaveLength(before)
  })

  test.each(questions)('who is silent at %s is asked twice more simply, then put through', async (_asked, does) => {
    const call = (await play((raw) => house().post(raw), STRANGER, does)).call
    const { step, register } = call.now()
    const again = [await call.silence(), await call.silence(), await call.silence()]
    expect(again.map((one) => [one.step, one.register, one.input])).toEqual([
      [step, register, 'dtmf speech'],
      [step, register, 'dtmf'],
      [null, null, null],
    ])
    expect(again.slice(0, 2).map(({ say }) => say[0])).toEqual(['Вас не слышно.', 'Вас не слышно.'])
    expect(new Set(again.map(({ say }) => say.at(-1))).size).toBe(3)
  })

  test.each(questions)(
    '* at %s repeats what was asked, word for word, and counts for nothing',
    async (_asked, does) => {
      const { call } = await play((raw) => house().post(raw), STRANGER, does)
      const asked = call.now().say.at(-1)
      for (let time = 0; time < 5; time += 1) expect((await call.keys('*')).say.at(-1)).toBe(asked)
      expect((await call.speech('повторите')).say.at(-1)).toBe(asked)
    },
  )

  test('an operator hears what is known before he takes the call, and no address holds it', async () => {
    const { call } = await play((raw) => house().post(raw), STRANGER, ['#2863396002', '#8840', '#54499', '#0'])
    const { dial, twiml } = call.now()
    expect(twiml).not.toMatch(/2863396002|8840|54499/)
    const told = await call.request(dial?.url ?? '', { CallSid: 'CAoperators', ParentCallSid: call.sid })
    expect(told.say).toEqual([
      'Лицевой счёт: 2 8 6, 3 3 9, 6 0 0.',
      'Дальше: 2.',
      'Счётчик: 8 8, 4 0.',
      'Показание: 5 4, 4 9 9.',
    ])
    expect(told.hangsUp).toBe(false)
    const nobody = await call.request(dial?.action ?? '', { DialCallStatus: 'no-answer' })
    expect([nobody.hangsUp, nobody.say.join(' ')]).toEqual([true, expect.stringContaining('контакт-центр')])
    const spoken = await call.request(dial?.action ?? '', { DialCallStatus: 'completed' })
    expect([spoken.hangsUp, spoken.say]).toEqual([true, []])
  })

  test('everything that came in is counted as exactly one outcome, and calls by how they went', async () => {
    const metrics = metricsOf(await (await fetch(`${house().url}/metrics`)).text())
    const sum = [...metrics]
      .filter(([name]) => name.startsWith('gateway_items_total{channel="ivr"'))
      .map(([, count]) => count)
    expect(metrics.get('gateway_items_received_total{channel="ivr"}')).toBe(sum.reduce((all, one) => all + one, 0))
    const ended = [...metrics].filter(([name]) => name.startsWith('gateway_calls_total')).map(([, count]) => count)
    expect(ended).toEqual([1, 3, 0, 0, 3])
  })

  test('leaves nothing of a person in logs and metrics', async () => {
    const answered = house().lines.filter((line) => line.includes('"channel":"ivr"'))
    expect(answered.length).toBeGreaterThan(100)
    const metrics = await (await fetch(`${house().url}/metrics`)).text()
    const said = rows.flatMap(([, from, , turns]) => [from, ...turns.map(([does]) => does.replace('#', ''))])
    expect(personalIn([...house().lines, ofTheHouse(metrics)], [...said, OPERATOR])).toEqual([])
  })
})
