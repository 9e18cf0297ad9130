import { afterEach, beforeEach, expect, test } from 'vitest'
import { events, type FormGateway, fieldsBehind, filled, one, post, startFormGateway, two } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

/** Where the other language's button sends to, below the form's prefix. */
const placeOf = (body: string) => /<nav[^>]*><form method="post" action="\/pokazaniya([^"]*)"/.exec(body)?.[1]

const inputs = (body: string) =>
  [...body.matchAll(/<input id="(\w+)"[^>]* value="([^"]*)"/g)].map(([, name, value]) => `${name}=${value}`)

test.each([
  ['what was not found', { ...one, meter: '1' }, '/meter', '/meter', 'No account with this meter'],
  ['what is missing', { account: one.account }, '/meter', '/meter', 'Enter the serial number'],
  ['the fields of a meter', two, '/meter', '/meter', 'T2 (night)'],
  ['a value that is missing', { ...two, T1: '29931' }, '', '', 'Enter this reading, too'],
  ['a value that is none', { ...one, T1: 'много' }, '', '', 'Type the reading in digits'],
  ['a question', { ...one, T1: '57900' }, '', '', 'Is this right?'],
  ['a question with a proposal', { ...two, T1: '44090', T2: '29931' }, '', '', 'Perhaps you meant'],
  ['what a slip lacks', { account: one.account }, '/slip', '/slip', 'Slip for meter readings'],
])('%s is shown in the other language, with all that was typed', async (_what, fields, path, place, said) => {
  const russian = await post(gateway, filled(fields as Record<string, string>), path)
  expect(placeOf(russian.body)).toBe(place)
  const english = await post(gateway, fieldsBehind(russian.body, 'English'), place)
  expect(english.body).toContain('<html lang="en">')
  expect(english.body).toContain(said)
  expect([english.status, english.outcome, inputs(english.body)]).toEqual([
    russian.status,
    russian.outcome,
    inputs(russian.body),
  ])
  const back = await post(gateway, fieldsBehind(english.body, 'Русский'), place)
  expect(back.body).toBe(russian.body)
})

test('without a registry what can be no account is refused at once, and in the other language, too', async () => {
  const empty = await startFormGateway({ registry: false })
  const form = filled({ ...one, account: 'привет', T1: '56311' })
  const russian = await post(empty, form)
  const english = await post(empty, fieldsBehind(russian.body, 'English'), placeOf(russian.body))
  const wellFormed = await post(empty, filled(one), '/meter')
  await empty.close()
  for (const { status, outcome } of [russian, english])
    expect([status, outcome]).toEqual([422, 'rejected;code=ACCOUNT_UNKNOWN'])
  expect(english.body).toContain('No account with this meter')
  expect(wellFormed.outcome).toBe('asked;code=VALUES_NEEDED')
})

test('that readings are not taken now is said in the other language, too', async () => {
  const closed = await startFormGateway({ env: { CLOCK: '2026-11-27T03:00:00Z' } })
  const russian = await post(closed, filled({ account: '729157597', meter: '74374366' }), '/meter')
  const english = await post(closed, fieldsBehind(russian.body, 'English'), placeOf(russian.body))
  const back = await post(closed, fieldsBehind(english.body, 'Русский'), placeOf(english.body))
  await closed.close()
  expect(russian.outcome).toBe('rejected;code=OUT_OF_WINDOW')
  expect([english.status, english.outcome]).toEqual([russian.status, russian.outcome])
  expect(english.body).toContain('15 December')
  expect(back.body).toBe(russian.body)
})

test('a question that was looked at in both languages is answered once', async () => {
  const asked = await post(gateway, filled({ ...one, T1: '57900' }))
  const english = await post(gateway, fieldsBehind(asked.body, 'English'))
  const yes = await post(gateway, fieldsBehind(english.body, 'Yes, it is right'))
  expect(yes.outcome).toBe('accepted;flags="CONFIRMED HIGH"')
  expect(yes.location).toContain('lang=en')
  expect(await events(gateway)).toHaveLength(1)
  expect(await gateway.store.holdUnanswered('2026-12-01T00:00:00.000Z')).toBe(0)
})
