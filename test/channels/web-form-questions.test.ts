import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliveryIdOf, filledForm } from '../../channels/web-form/wire.ts'
import { submissionId } from '../../src/core/event.ts'
import { events, type FormGateway, fieldsBehind, post, startFormGateway } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

/** Far more than usual: the form asks. */
const filled = (fields: Record<string, string> = {}) => ({
  submission_id: randomUUID(),
  account: '2880950488',
  meter: '250592064305057',
  T1: '57900',
  ...fields,
})

const twin = (meter: string, last: string) =>
  `amur,2880000009,,,,x,ELECTRICITY,${meter},ACTIVE,,T1,TOTAL,5,0,1,${last},2026-10-22,300\n`

const submissionOf = (form: Record<string, string>) =>
  submissionId('web-form', deliveryIdOf(filledForm({ form, query: {}, headers: {} })))

test.each([
  ['closed by the yes to it', 0, (body: string) => fieldsBehind(body, 'Да, всё верно')],
  [
    'left open by a form that knows no more than the id of its submission',
    1,
    (_body: string, form: Record<string, string>) => filled({ T1: '56311', answers: submissionOf(form) }),
  ],
])('a question is %s', async (_what, open, fieldsAfter) => {
  const form = filled()
  const asked = await post(gateway, form)
  expect((await post(gateway, fieldsAfter(asked.body, form))).outcome).toMatch(/^accepted/)
  expect(await gateway.store.holdUnanswered('2026-12-01T00:00:00.000Z')).toBe(open)
})

test.each([
  ['no fields of the question', { answers: undefined, values_at: undefined, confirmed: undefined }],
  ['an id of another form', { answers: randomUUID(), confirmed: 'HIGHER' }],
  ['codes in another writing', { confirmed: '["VERY_HIGH"]', values_at: '1763780400000' }],
  ['a proposal in another writing', { proposal: '{"T1":"57900"}', asked_meter: '…5057', confirmed: 'VERY-HIGH' }],
])('a page of another version, with %s, is asked anew, and its question becomes held', async (_what, changed) => {
  const asked = await post(gateway, filled())
  const yes = Object.entries({ ...fieldsBehind(asked.body, 'Да, всё верно'), ...changed })
  const sent = Object.fromEntries(yes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const { status, outcome } = await post(gateway, { ...sent, submission_id: randomUUID() })
  expect([status, outcome]).toEqual([422, 'asked;code=VERY_HIGH'])
  expect(await gateway.store.holdUnanswered('2026-12-01T00:00:00.000Z')).toBeGreaterThan(0)
  expect(await events(gateway)).toEqual([])
})

test('values that another meter of the account may mean are taken for that one, whose serial no page holds', async () => {
  const meant = '776502850111'
  const asked = await post(gateway, filled({ account: '2829082386', meter: '120099986', T1: '52807' }))
  expect(asked.outcome).toBe('asked;code=BELOW_PREVIOUS')
  expect(asked.body).not.toContain(meant)
  expect((await post(gateway, fieldsBehind(asked.body, 'Да, отправить это'))).outcome).toMatch(/^accepted/)
  expect(await events(gateway)).toMatchObject([{ data: { meter: meant, quality: 'CONFIRMED', flags: ['CONFIRMED'] } }])
})

test.each([
  ['the same last digits', ['120099986', '776502859986']],
  ['no four digits at the end', ['120099986', '77650285/1']],
])('another meter that is proposed is taken although it has %s', async (_what, meters) => {
  const rows = meters.map((meter, at) => twin(meter, at === 0 ? '70131' : '52507'))
  const twins = await startFormGateway({ more: rows.join('') })
  const [asked, meant = ''] = meters
  const form = filled({ account: '2880000009', T1: '52807', ...(asked !== undefined && { meter: asked }) })
  const question = await post(twins, form)
  const yes = fieldsBehind(question.body, 'Да, отправить это')
  const taken = await post(twins, yes)
  const accepted = await events(twins)
  const forged = await post(twins, { ...yes, meter: '0000' })
  await twins.close()
  expect(question.body).not.toContain(meant)
  expect(taken.outcome).toBe('accepted;flags="CONFIRMED"')
  expect(accepted).toMatchObject([{ data: { meter: meant, registers: [{ value: '52807' }] } }])
  expect(forged.outcome).toBe('rejected;code=ACCOUNT_UNKNOWN')
})

test('the last digits of a meter name none that is proposed for it either', async () => {
  const asked = await post(gateway, filled({ account: '2829082386', meter: '9986', T1: '52807' }))
  await post(gateway, fieldsBehind(asked.body, 'Да, отправить это'))
  expect(await events(gateway)).toMatchObject([{ data: { flags: ['CONFIRMED', 'NO_SERIAL'] } }])
})

test('an old number that its branch no longer takes is told from an unknown one, before a value is asked for', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'branches-'))
  const file = join(dir, 'branches.json')
  const fixture = readFileSync(new URL('../fixtures/branches.json', import.meta.url), 'utf8')
  const branches = (JSON.parse(fixture) as object[]).map((branch) => ({ ...branch, oldAccounts: 'refuse' }))
  writeFileSync(file, JSON.stringify(branches))
  const strict = await startFormGateway({ env: { BRANCHES_FILE: file } })
  const old = filled({ account: 'ТМ266609', meter: '1933694442343', T1: '730340', T2: '101440' })
  const refused = [await post(strict, old, '/meter'), await post(strict, old)]
  await strict.close()
  rmSync(dir, { recursive: true })
  for (const said of refused) {
    expect(said).toMatchObject({ status: 422, outcome: 'rejected;code=OLD_ACCOUNT' })
    expect(said.body).toContain('Это старый номер.')
  }
})

test.each(['Sun, 22 Nov 2026 02:00:00 GMT', '2026-11-22', '2026-11-22T11:00:00+09:00', '2026-11-22T02:00:00Z<b>'])(
  'an instant that no page of ours wrote (%s) is not carried on into the event',
  async (values_at) => {
    await post(gateway, filled({ confirmed: 'VERY_HIGH', values_at }))
    const [event] = await events(gateway)
    expect(event?.data['receivedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  },
)

const EARLIER = '2026-11-22T02:00:00.000Z'
const pause = () => new Promise((resolve) => setTimeout(resolve, 20))

test.each([
  [
    'no question was asked about',
    (_yes: Record<string, string>) => filled({ confirmed: 'VERY_HIGH', values_at: EARLIER }),
  ],
  ['were not those of the question', (yes: Record<string, string>) => ({ ...yes, T1: '57901' })],
  [
    'were another meter’s',
    (yes: Record<string, string>) => ({ ...yes, account: '2876573421', meter: '874148410', T1: '79800' }),
  ],
  ['came at another instant', (yes: Record<string, string>) => ({ ...yes, values_at: EARLIER })],
])('values that %s came when they come (rule 1), whatever the form says', async (_what, answer) => {
  const asked = await post(gateway, filled())
  const sent: Record<string, string> = answer(fieldsBehind(asked.body, 'Да, всё верно'))
  await pause()
  expect((await post(gateway, sent)).outcome).toMatch(/^accepted/)
  const [event] = await events(gateway)
  const claimed = Date.parse(sent['values_at'] ?? '')
  expect(Date.parse(String(event?.data['receivedAt']))).toBeGreaterThan(claimed)
})

test.each([
  ['the proposal', { account: '2829082386', meter: '120099986', T1: '52807' }, 'Да, отправить это'],
  ['what was typed', { T1: ' 57 900 ' }, 'Да, всё верно'],
])('who takes %s has brought it with the question (rule 13)', async (_what, fields, button) => {
  const asked = await post(gateway, filled(fields))
  const yes = fieldsBehind(asked.body, button)
  await pause()
  await post(gateway, yes)
  expect(await events(gateway)).toMatchObject([{ data: { receivedAt: yes['values_at'] } }])
})

test('a question that is asked again by a reload is the same, word for word, and counts from the first time', async () => {
  const form = filled()
  const asked = await post(gateway, form)
  await pause()
  const again = await post(gateway, form)
  expect(again.body).toBe(asked.body)
  const yes = fieldsBehind(again.body, 'Да, всё верно')
  await post(gateway, yes)
  expect(await events(gateway)).toMatchObject([{ data: { receivedAt: yes['values_at'], quality: 'CONFIRMED' } }])
})

test.each([
  [{}, ['T1']],
  [{ T1: '56311', T2: 'много' }, ['T2']],
  [{ T1: '56 311', T2: '-1' }, ['T2']],
] as [Record<string, string>, string[]][])(
  'without a registry no field but the first has to be filled in, decimals can be typed, and %j is wrong in %j',
  async (values, wrong) => {
    const empty = await startFormGateway({ registry: false })
    const { account, meter, submission_id } = filled()
    const said = await post(empty, { account, meter, submission_id, ...values } as Record<string, string>)
    await empty.close()
    expect(said.status).toBe(422)
    expect(said.body).toContain('Если показание одно, заполните только T1.')
    expect([...said.body.matchAll(/ id="(T\d)-error"/g)].map(([, name]) => name)).toEqual(wrong)
    const inputs = [...said.body.matchAll(/<input id="T[^>]*>/g)].map(([input]) => input)
    expect(inputs.map((input) => [input.includes('"decimal"'), input.includes(' required')])).toEqual([
      [true, false],
      [true, false],
      [true, false],
    ])
  },
)
