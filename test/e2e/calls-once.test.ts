import { describe, expect, test } from 'vitest'
import { act, play } from '../channels/call-script.ts'
import { type Call, callFrom, type Hears } from '../channels/caller.ts'
import { signedForm } from '../channels/providers.ts'
import { STRANGER } from './call-rows.ts'
import { type FixtureHouse, fixtureRegistry, openFixtureHouse } from './fixture-house.ts'
import { sharedHouse } from './shared-house.ts'

const house = sharedHouse((registry) => openFixtureHouse(registry, '2026-11-22T03:00:00Z'))

const post = (raw: Parameters<FixtureHouse['post']>[0]) => house().post(raw)
const same = (heard: readonly Hears[]) =>
  new Set(heard.map(({ status, outcome, twiml }) => `${status} ${outcome} ${twiml}`))

/** A step of a call as it went, to be brought again. */
interface Step {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  readonly heard: Hears
}

/** Plays a call by keys, and keeps every step. */
async function stepsOf(call: Call, keys: readonly string[]): Promise<readonly Step[]> {
  const first = { url: '/channels/ivr/twilio', fields: { CallStatus: 'ringing' } }
  const steps: Step[] = [{ ...first, heard: await call.dial() }]
  for (const Digits of keys) {
    const step = { url: call.now().action ?? '', fields: { Digits, FinishedOnKey: '#' } }
    steps.push({ ...step, heard: await call.keys(Digits) })
  }
  return steps
}

describe('a step that comes again', () => {
  test('at once, in parallel, twenty times: one answer, and one event', async () => {
    const before = (await house().events()).length
    const call = callFrom(post, STRANGER)
    await call.dial()
    for (const Digits of ['2880950488', '5057', '56311', '1']) {
      const url = call.now().action ?? ''
      const many = Array.from({ length: 20 }, () => call.request(url, { Digits }))
      const heard = [...(await Promise.all(many)), await call.keys(Digits)]
      expect(same(heard).size).toBe(1)
    }
    expect(call.now().outcome).toMatch(/^accepted/)
    expect((await house().events()).length).toBe(before + 1)
  })

  test('late, and in any order, after the call has gone on and after its end: the same answer, and the call is not confused', async () => {
    const before = (await house().events()).length
    const call = callFrom(post, STRANGER)
    const steps = await stepsOf(call, ['2876573421', '8410', '79799', '2', '79800'])
    const again = async () => {
      for (const at of [5, 2, 4, 1, 3, 0]) {
        const { url, fields, heard } = steps[at] as Step
        expect(same([heard, await call.request(url, fields)]).size).toBe(1)
      }
    }
    await again()
    expect((await call.keys('1')).outcome).toMatch(/^accepted/)
    await again()
    await call.hangUp()
    await again()
    const made = (await house().events()).slice(before)
    expect(made.map(({ data }) => (data['registers'] as { value: string }[])[0]?.value)).toEqual(['79800'])
  })

  test('with another answer: the first one counts', async () => {
    const { call } = await play(post, STRANGER, ['#2844770405', '#9569', '#24990'])
    const url = call.now().action ?? ''
    const [yes, no] = [await call.request(url, { Digits: '1' }), await call.request(url, { Digits: '2' })]
    expect(same([yes, no]).size).toBe(1)
    expect(yes.outcome).toMatch(/^accepted/)
  })
})

test('a step that nobody asked for changes nothing: what was asked is asked again', async () => {
  const { call } = await play(post, STRANGER, ['#2830711610'])
  const asked = call.now()
  const foreign = await call.request('/channels/ivr/twilio/confirm?step=9-00000000', { Digits: '1' })
  expect([foreign.step, foreign.say]).toEqual([asked.step, asked.say])
  expect((await call.keys('9773')).step).toBe('value')
})

test('a step of a call that nobody knows begins it', async () => {
  const call = callFrom(post, STRANGER)
  const heard = await call.request('/channels/ivr/twilio/confirm?step=4-00000000', { Digits: '1' })
  expect([heard.step, heard.outcome]).toEqual(['account', 'asked;code=ACCOUNT_NEEDED'])
})

test('answers that come after the end take nothing down', async () => {
  const before = (await house().events()).length
  const { call } = await play(post, STRANGER, ['#2830711610', '#9773', '#49960'])
  const { action } = call.now()
  expect((await call.hangUp()).outcome).toBe('held;code=UNCONFIRMED')
  const late = await call.request(action ?? '', { Digits: '1' })
  expect([late.outcome, late.hangsUp]).toEqual(['none;code=HELP', true])
  expect(await house().events()).toHaveLength(before)
})

test('two calls about one meter: the later reading takes the place of the earlier one, each under its own id', async () => {
  const before = (await house().events()).length
  for (const value of ['#54400', '#54410']) await play(post, STRANGER, ['#2863396002', '#8840', value, '#1'])
  const [first, second] = (await house().events()).slice(before)
  expect(second?.data['supersedes']).toBe(first?.headers['ce_id'])
  expect(second?.headers['ce_id']).not.toBe(first?.headers['ce_id'])
})

test('the id of a reading is that of its call and meter, whatever the steps before it were', async () => {
  const play2 = async (sid: string, turns: readonly string[]) => {
    const call = callFrom(post, STRANGER, sid)
    await call.dial()
    for (const turn of turns) await act(call, turn)
    return (await house().events()).at(-1)?.headers['ce_id']
  }
  const direct = await play2('CAstraight', ['#2839796712', '#5349', '#50100', '#1'])
  const registry = await fixtureRegistry()
  const other = await openFixtureHouse(registry, '2026-11-22T03:00:00Z')
  const call = callFrom((raw) => other.post(raw), STRANGER, 'CAstraight')
  await call.dial()
  for (const turn of ['#*', '#2839796712', '…', '#5349', '#50101', '#2', '#50100', '#1']) await act(call, turn)
  const [event] = await other.events()
  await other.end()
  registry.remove()
  expect(event?.headers['ce_id']).toBe(direct)
})

test.each([
  ['another query', (url: string) => url.replace('step=', 'step=9')],
  ['another step', (url: string) => url.replace('/account', '/confirm')],
])('a signature is good for its own address alone: %s', async (_what, changed) => {
  const call = callFrom(post, STRANGER)
  const url = (await call.dial()).action ?? ''
  const signed = signedForm(url, { CallSid: call.sid, From: STRANGER, Digits: '1' })
  expect((await house().post({ ...signed, url: changed(url) })).status).toBe(403)
  expect((await house().post(signed)).status).toBe(200)
})
