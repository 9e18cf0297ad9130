import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FormGateway, fieldsBehind, filled, get, one, post, startFormGateway } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

/** Peak, night and half-peak, of 6 digits: 112302, 319123 and 855010. */
const three = { account: '2856697912', meter: '3086981246138' }
/** Cold water, of 5 digits and 3 decimals: 61031.410. */
const water = { account: '62499/05', meter: '10649537' }

const fieldsOf = (body: string) => [...body.matchAll(/<input id="(T\d)"/g)].map(([, name]) => name)
const wrongOf = (body: string) => [...body.matchAll(/<input id="(T\d)"[^>]* aria-invalid="true"/g)].map(([, at]) => at)
const summaryOf = (body: string) =>
  [...body.matchAll(/<li><a href="#(T\d)">([^<]*)</g)].map(([, at, said]) => [at, said])

test.each([
  ['a value that is none leaves the field of a missing one', { T1: '112303', T2: 'abc' }, ['T2']],
  ['the only value is none', { T1: 'abc' }, ['T1']],
])('%s: each register keeps its field', async (_what, values, wrong) => {
  const { body, outcome } = await post(gateway, filled({ ...three, ...values } as Record<string, string>))
  expect(outcome).toBe('rejected;code=BAD_VALUE')
  expect(fieldsOf(body)).toEqual(['T1', 'T2', 'T3'])
  expect(wrongOf(body)).toEqual(wrong)
})

test('values whose account is not found need not be typed again', async () => {
  const refused = await post(gateway, filled({ ...three, account: '2856697921', T1: '112 303', T3: 'abc' }))
  expect(refused.outcome).toBe('rejected;code=ACCOUNT_UNKNOWN')
  const { body } = await post(gateway, { ...fieldsBehind(refused.body, 'Продолжить'), ...three }, '/meter')
  const typed = { ...three, T1: '112 303', T2: '', T3: 'abc' }
  expect(fieldsBehind(body, 'Отправить показания')).toMatchObject(typed)
})

test.each(['', '/meter', '/slip'])('a serial of marks alone is said to be missing, on each page (%s)', async (path) => {
  const said = await post(gateway, filled({ ...one, meter: '№ -', T1: '56311' }), path)
  expect(said.status).toBe(422)
  expect(said.body).toContain('<a href="#meter">Укажите номер счётчика</a>')
  expect(said.body).toContain('name="meter" value="№ -"')
})

test('the list of mistakes names the register of each, where there are several', async () => {
  const many = await post(gateway, filled({ ...three, T1: '112303' }))
  expect(summaryOf(many.body)).toEqual([
    ['T2', 'T2 (ночь). Введите и это показание'],
    ['T3', 'T3 (полупик). Введите и это показание'],
  ])
  expect(many.body).toContain('<p class="error" id="T2-error">Введите и это показание</p>')
  expect(summaryOf((await post(gateway, filled(one))).body)).toEqual([['T1', 'Введите показание']])
})

test.each([
  ['four digits behind the comma', '61036,5001', 'после запятой не больше трёх'],
  ['letters', 'много', 'например 123,456'],
  ['far too many digits', '6103650012', 'Проверьте, где запятая'],
])('a meter with decimals is told what to do with them: %s', async (_what, T1, said) => {
  const { body } = await post(gateway, filled({ ...water, T1 }))
  expect(body).toContain(said)
  expect(body).not.toMatch(/Введите цифры до запятой|12345/)
})

test('a Russian page shows values with a comma, an English one with a point', async () => {
  const form = filled({ ...water, T1: '61036,5' })
  const { location } = await post(gateway, form)
  expect((await get(gateway, location)).body).toContain('<dd>61036,5</dd>')
  expect((await get(gateway, location.replace('lang=ru', 'lang=en'))).body).toContain('<dd>61036.5</dd>')
  const asked = await post(gateway, filled({ ...water, T1: '61037500' }))
  expect(asked.body).toContain('<dd>61037,500</dd>')
  expect((await post(gateway, fieldsBehind(asked.body, 'Да, отправить это'))).outcome).toMatch(/^accepted/)
})

test('a question is no error, and its title does not call it one', async () => {
  const { body } = await post(gateway, filled({ ...one, T1: '57900' }))
  expect(body).toContain('<title>Всё верно? — Показания счётчика</title>')
})
