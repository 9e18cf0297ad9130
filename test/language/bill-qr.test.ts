import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billAmong, readBillQr } from '../../src/language/bill-qr.ts'
import { cpuMs } from './cpu-ms.ts'

const urls = { urlHosts: ['pay.dvec.ru'], urlParameter: 'ls' }
const required = 'Name=АО|PersonalAcc=40702810600000012345|BankName=Банк|BIC=040813999|CorrespAcc=30101810600000000999'
const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readBillQr(utf8(text), urls)

/** Windows-1251 by hand for the few letters wanted here, so that the test shares no decoder with the code. */
const cp1251 = (text: string) =>
  Uint8Array.from([...text], (c) => (c >= 'А' && c <= 'я' ? c.charCodeAt(0) - 0x410 + 0xc0 : c.charCodeAt(0)))

describe('a bill', () => {
  test.each([
    ['the payer, not the bank account', `ST00012|${required}|PersAcc=2880950488`, '2880950488', null],
    ['the serial', `ST00012|${required}|PersAcc=2880950488|CounterId=071642249025692`, '2880950488', '071642249025692'],
    ['the serial without its number sign', `ST00012|${required}|PersAcc=288|CounterId=№ 0716`, '288', '0716'],
    ['keys in any case', `ST00012|${required}|pERSaCC=2880950488|counterid=12`, '2880950488', '12'],
    ['the first equals sign splits', `ST00012|${required}|Purpose=PersAcc=1|PersAcc=2880950488`, '2880950488', null],
    ['an account with an equals sign in it', `ST00012|${required}|Contract=28=8`, '28=8', null],
    [
      'null and empty are absent',
      `ST00012|${required}|PersAcc=NULL|PersonalAccount=|Contract=288|CounterId=null`,
      '288',
      null,
    ],
    ['a later PersAcc where the first is absent', `ST00012|${required}|PersAcc=|PersAcc=288`, '288', null],
    ['a later PersAcc where the first is a mark only', `ST00012|${required}|PersAcc=№|PersAcc=288`, '288', null],
    ['a later PersAcc where the first is broken', `ST00012|${required}|PersAcc=2\u00008|PersAcc=288`, '288', null],
    ['a later serial where the first is a dash', `ST00012|${required}|PersAcc=288|CounterId=-|CounterId=7`, '288', '7'],
    ['no serial with a NUL', `ST00012|${required}|PersAcc=288|CounterId=1\u00002`, '288', null],
    ['no serial with a character that was lost', `ST00012|${required}|PersAcc=288|CounterId=1\ufffd2`, '288', null],
    ['PersAcc before the others whatever the order', `ST00012|Contract=1|PersonalAccount=2|PersAcc=3`, '3', null],
    ['PersonalAccount before Contract', `ST00012|Contract=1|PersonalAccount=2`, '2', null],
    ['a caret for separator', 'ST00012^Name=АО^CorrespAcc=3^PersAcc=288^CounterId=7', '288', '7'],
    ['a line break for separator', 'ST00012\r\nName=АО\r\nPersAcc=288\r\nCounterId=7', '288', '7'],
    ['a bar among optional fields', 'ST00012~Name=АО~CorrespAcc=3~PersAcc=288|CounterId=7', '288', '7'],
    ['a bar within a name stays there', 'ST00012~Name=А|PersAcc=1~PersAcc=288', '288', null],
    ['an account with words around it', `ST00012|${required}|PersAcc=ЛС № 2877 376079`, '2877376079', null],
    ['a Latin old account', `ST00012|${required}|PersAcc=KP468713`, 'КР468713', null],
    ['an account with a slash', `ST00012|${required}|PersAcc=36014/42`, '36014/42', null],
    ['what stands behind the mark of UTF-8', '\ufeffST00012|PersAcc=288|CounterId=7', '288', '7'],
    ['a pre-printed value is nothing', `ST00012|PersAcc=288|CounterVal=260`, '288', null],
  ])('gives %s', (_why, text, account, meter) => {
    expect(read(text)).toEqual({ account, meter })
  })

  test('of 1,800 bytes is read, of one more is not', () => {
    const start = 'ST00012|PersAcc=288|Purpose='
    expect(read(start.padEnd(1_800, 'x'))).toEqual({ account: '288', meter: null })
    expect(read(start.padEnd(1_801, 'x'))).toEqual({ error: 'TOO_LONG' })
  })

  test('is decoded by what its bytes are, whatever the tag says', () => {
    for (const tag of ['1', '2', '3']) {
      expect(read(`ST0001${tag}|Name=ЖЩ|PersAcc=КР468713`)).toEqual({ account: 'КР468713', meter: null })
    }
    expect(readBillQr(cp1251('ST00012|PersAcc=КР468713'), urls)).toEqual({ account: 'КР468713', meter: null })
    const koi8 = Uint8Array.from([...utf8('ST00013|PersAcc='), 0xeb, 0xf2, ...utf8('468713')])
    expect(readBillQr(koi8, urls)).toEqual({ account: 'КР468713', meter: null })
  })
})

test('of several codes in a picture the first with an account is the bill, else the first says why none is', () => {
  const [shop, noAccount, bill] = ['WIFI:T:WPA;S=dom;;', 'ST00012|Name=АО', 'ST00012|PersAcc=288'].map(utf8)
  const among = (...codes: (Uint8Array | undefined)[]) => billAmong(codes as Uint8Array[], urls)
  expect(among(shop, noAccount, bill)).toEqual({ account: '288', meter: null })
  expect(among(noAccount, shop)).toEqual({ error: 'NO_ACCOUNT' })
  expect(among()).toBeNull()
})

describe('an address', () => {
  test.each([
    ['of an allowed host', 'https://pay.dvec.ru/?ls=2880950488', { account: '2880950488', meter: null }],
    ['in capitals', 'HTTPS://PAY.DVEC.RU/?ls=2880950488', { account: '2880950488', meter: null }],
    ['without the parameter', 'http://pay.dvec.ru/?id=1', { error: 'NO_ACCOUNT' }],
    ['with an empty parameter', 'http://pay.dvec.ru/?ls=', { error: 'NO_ACCOUNT' }],
    ['with an empty parameter before another', 'http://pay.dvec.ru/?ls=&ls=5', { account: '5', meter: null }],
    ['with two accounts', 'http://pay.dvec.ru/?ls=null&ls=5&ls=6', { account: '5', meter: null }],
    ['with a mark only before the account', 'http://pay.dvec.ru/?ls=%E2%84%96&ls=5', { account: '5', meter: null }],
    ['with a NUL in the account', 'http://pay.dvec.ru/?ls=28%008', { error: 'NO_ACCOUNT' }],
    ['with bytes that are no text', 'http://pay.dvec.ru/?ls=28%ff8', { error: 'NO_ACCOUNT' }],
    ['of a longer host', 'https://pay.dvec.ru.example.com/?ls=1', { error: 'UNKNOWN_HOST' }],
    ['of a host below', 'https://x.pay.dvec.ru/?ls=1', { error: 'UNKNOWN_HOST' }],
    ['with the host as user name', 'https://pay.dvec.ru@example.com/?ls=1', { error: 'UNKNOWN_HOST' }],
    ['with the host as password', 'https://a:pay.dvec.ru@example.com/?ls=1', { error: 'UNKNOWN_HOST' }],
    ['with the host behind a backslash', 'https://example.com\\@pay.dvec.ru/?ls=1', { error: 'UNKNOWN_HOST' }],
    ['that is broken', 'https://', { error: 'UNKNOWN_HOST' }],
    ['of another scheme', 'ftp://pay.dvec.ru/?ls=1', { error: 'NOT_A_BILL' }],
  ])('%s', (_why, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('is read nowhere where no host is allowed', () => {
    expect(readBillQr(utf8('https://pay.dvec.ru/?ls=1'), { urlHosts: [], urlParameter: 'ls' })).toEqual({
      error: 'UNKNOWN_HOST',
    })
  })
})

test.each([
  ['nothing', '', 'NOT_A_BILL'],
  ['another code', 'WIFI:T:WPA;S=dom;;', 'NOT_A_BILL'],
  ['a header without separator', 'ST00012', 'NOT_A_BILL'],
  ['that header behind the mark of UTF-8', '\ufeffST00012', 'NOT_A_BILL'],
  ['another version', 'ST00022|PersAcc=1', 'NOT_A_BILL'],
  ['a fourth encoding', 'ST00014|PersAcc=1', 'BAD_ENCODING'],
  ['only a bank account', 'ST00012|PersonalAcc=40702810600000012345', 'NO_ACCOUNT'],
  ['an account with a NUL', 'ST00012|PersAcc=28\u00008', 'NO_ACCOUNT'],
  ['an account with a character that was lost', 'ST00012|PersAcc=28\ufffd8', 'NO_ACCOUNT'],
  ['an account that is a mark only', 'ST00012|PersAcc=№', 'NO_ACCOUNT'],
])('%s is refused', (_why, text, error) => {
  expect(read(text)).toEqual({ error })
})

test('any bytes are answered, quickly, and never with an account that does not stand in them', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Uint8Array.from([...utf8('ST00012|PersAcc='), ...tail])),
    fc.string({ maxLength: 300 }).map((tail) => utf8(`http://pay.dvec.ru${tail}`)),
  )
  fc.assert(
    fc.property(bytes, (input) => {
      expect(cpuMs(() => void readBillQr(input, urls))).toBeLessThan(100)
      const answer = readBillQr(input, urls)
      expect('error' in answer || answer.account.length > 0).toBe(true)
    }),
    { numRuns: 2_000 },
  )
  const hostile = utf8(`ST00012|${'PersAcc=|='.repeat(179)}`)
  expect(readBillQr(hostile, urls)).toEqual({ error: 'NO_ACCOUNT' })
})

const fixtures = readFileSync(new URL('../fixtures/bill-qr.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; bytes_base64: string; expect: unknown })

test.each(fixtures)('bill $id is read as it was meant', ({ bytes_base64, expect: meant }) => {
  expect(readBillQr(Buffer.from(bytes_base64, 'base64'), urls)).toEqual(meant)
})
