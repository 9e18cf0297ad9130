import { signAsTwilio } from '../../src/channel/signatures.ts'
import { httpToken, publicUrl, twilioToken } from '../http/house.ts'
import { type Dice, fuzzField, fuzzMeter, fuzzText } from './fuzz-words.ts'
import { readingOf } from './meters.ts'

/** A request that an HTTP client can send. */
export interface FuzzRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const ROUTES = [
  ...['/channels/sms/twilio', '/channels/sms/http', '/pokazaniya', '/pokazaniya/meter', '/pokazaniya/slip'],
  ...['/channels/ivr/twilio', '/channels/ivr/twilio/value?register=T1', '/channels/ivr/twilio/status'],
  ...['/pokazaniya/result?id=5a0f0b3e-0000-5000-8000-000000000000', '/livez', '/readyz', '/metrics'],
]

const OTHER_PATHS = [
  ...[
    '/',
    '//',
    '/channels/sms/',
    '/channels/viber',
    '/pokazaniya/',
    '/pokazaniya/../metrics',
    '/%00',
    '/%ff%fe',
    '/%',
  ],
  ...[
    '/pokazaniya/result?id=%00',
    '/pokazaniya/result?id=a&id=b',
    '/pokazaniya?lang=xx&account=%D0',
    '/.env',
    '/metrics/..',
  ],
  ...[
    '/pokazaniya/assets/x/style.css',
    '/channels/sms/twilio/',
    '/channels/sms/twilio?bodySHA256=1',
    '/__proto__',
    '*',
  ],
]

const MEDIA_TYPES = [
  ...['application/x-www-form-urlencoded', 'application/json', 'text/plain', 'multipart/form-data; boundary=x', ''],
  ...[
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded;charset=koi8-r',
    'a/b/c',
    ';',
    'APPLICATION/JSON',
  ],
]

/** One request: mostly a route's own with something wrong or unusual in it. `assets`: paths of what pages load. */
export function fuzzRequest(dice: Dice, assets: readonly string[]): FuzzRequest {
  const kind = dice.number(10)
  const own =
    kind < 2
      ? twilio(dice)
      : kind < 3
        ? call(dice)
        : kind < 5
          ? provider(dice)
          : kind < 8
            ? form(dice)
            : anything(dice, assets)
  const headers = { ...own.headers, ...oddHeaders(dice), 'x-forwarded-for': network(dice) }
  const spoilt = dice.percent(10) ? dice.bytes(dice.number(64)) : own.body
  return { ...own, headers, body: spoilt }
}

/** Enough networks that the limits of the form leave most requests through. */
const network = (dice: Dice): string =>
  dice.percent(95)
    ? `10.${dice.number(20)}.${dice.number(250)}.7`
    : dice.pick(['', 'unknown', '::1', '1.2.3.4, 5.6.7.8', 'x'.repeat(99)])

const phone = (dice: Dice): string => (dice.percent(95) ? `+7999${1_000_000 + dice.number(20_000)}` : fuzzText(dice))

/** A step of one of few calls, so that some of them come to somewhere. */
function call(dice: Dice): FuzzRequest {
  const step = dice.pick([
    '',
    '/account',
    '/serial',
    '/meter',
    '/value?register=T1',
    '/confirm',
    '/status',
    '/operator?call=CA1',
  ])
  const path = `/channels/ivr/twilio${step}`
  const fields: Record<string, string> = {
    ...(dice.percent(95) && { CallSid: `CA${dice.number(500)}` }),
    ...(dice.percent(95) && { From: phone(dice) }),
    ...(dice.percent(40) && { Digits: dice.pick(['1', '2', '0', '*', '2880950488', '5057', '56311', fuzzText(dice)]) }),
    ...(dice.percent(40) && { SpeechResult: fuzzText(dice) }),
    CallStatus: dice.pick(['ringing', 'in-progress', 'completed', fuzzText(dice)]),
  }
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signAsTwilio(twilioToken, publicUrl, path, fields),
  }
  return { method: 'POST', path, headers, body: Buffer.from(new URLSearchParams(fields).toString()) }
}

function twilio(dice: Dice): FuzzRequest {
  const path = `/channels/sms/twilio${dice.percent(5) ? `?${encodeURI(fuzzText(dice)).slice(0, 900)}` : ''}`
  const fields: Record<string, string> = {
    ...(dice.percent(95) && { MessageSid: `SM${dice.number(1e9)}` }),
    ...(dice.percent(95) && { From: phone(dice) }),
    ...(dice.percent(95) && { Body: fuzzText(dice) }),
    ...(dice.percent(20) && { SmsStatus: dice.pick(['received', 'delivered', 'failed', '']) }),
    ...(dice.percent(10) && { [fuzzText(dice).slice(0, 50)]: fuzzText(dice).slice(0, 200) }),
  }
  const proof = dice.percent(90) ? signAsTwilio(twilioToken, publicUrl, path, fields) : fuzzText(dice)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': asHeader(proof) }
  return { method: 'POST', path, headers, body: Buffer.from(new URLSearchParams(fields).toString()) }
}

function provider(dice: Dice): FuzzRequest {
  const token = dice.percent(90) ? httpToken : fuzzText(dice)
  const headers = { 'content-type': 'application/json', authorization: asHeader(`Bearer ${token}`) }
  return { method: 'POST', path: '/channels/sms/http', headers, body: Buffer.from(fuzzJson(dice)) }
}

function fuzzJson(dice: Dice): string {
  const message: Record<string, unknown> = {
    id: dice.percent(90) ? `id${dice.number(1e9)}` : dice.number(1e9),
    from: phone(dice),
    to: '+79990000000',
    text: fuzzText(dice),
    ...(dice.percent(30) && {
      receivedAt: dice.pick([
        '2026-11-22T03:00:00Z',
        '2026-02-30T25:00:00Z',
        '-271821-04-20T00:00:00Z',
        '9999-12-31T23:59:60+14:00',
        'now',
        '',
      ]),
    }),
    ...(dice.percent(10) && { [fuzzText(dice).slice(0, 20)]: [fuzzText(dice)] }),
  }
  if (dice.percent(80)) return JSON.stringify(message)
  const deep = 1 + dice.number(8_000)
  return dice.pick([
    '['.repeat(deep),
    `${'['.repeat(deep)}${']'.repeat(deep)}`,
    `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    JSON.stringify(message).slice(0, dice.number(80)),
    '{"__proto__":{"id":"x"},"constructor":{"prototype":{"from":"y"}}}',
    `{"id":${'9'.repeat(400)},"from":1e999,"to":null,"text":{}}`,
    '{"id":"a","id":"b","from":"\\ud800","to":"\\u0000","text":"\\udfff"}',
    ...(['null', '""', '[]', '0', '', '\uFEFF{}', 'NaN'] as const),
  ])
}

function form(dice: Dice): FuzzRequest {
  const meter = fuzzMeter(dice)
  const isTrue = dice.percent(40)
  const values = dice.percent(70) ? readingOf(meter, dice.number(60)) : {}
  const share = (name: string) => (name === 'website' ? 3 : !isTrue ? 60 : name in rightly ? 95 : 10)
  const rightly: Readonly<Record<string, string>> = { account: meter.account, meter: meter.serial, ...values }
  const names = [
    'account',
    'meter',
    'T1',
    'T2',
    'T3',
    'T4',
    'submission_id',
    'lang',
    'confirmed',
    'answers',
    'valuesAt',
    'website',
    'proposal',
  ] as const
  const fields = names
    .filter((name) => dice.percent(share(name)))
    .map((name) => [name, isTrue ? (rightly[name] ?? fuzzField(dice)) : fuzzField(dice)])
  const twice = dice.percent(10) ? [...fields, ...fields] : fields
  const text = new URLSearchParams(twice as [string, string][]).toString()
  const path = dice.pick(['/pokazaniya', '/pokazaniya', '/pokazaniya/meter', '/pokazaniya/slip'])
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(text),
  }
}

/** Any method, path, media type and body. */
function anything(dice: Dice, assets: readonly string[]): FuzzRequest {
  const method = dice.pick([
    'GET',
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'HEAD',
    'TRACE',
    'PROPFIND',
    'QUERY',
  ])
  const odd = dice.percent(10) ? `/${encodeURIComponent(fuzzText(dice))}`.slice(0, 3_000) : dice.pick(OTHER_PATHS)
  const path = dice.percent(60) ? dice.pick([...ROUTES, ...assets]) : odd
  const length = dice.percent(5) ? dice.number(60_000) : dice.number(300)
  const body =
    method === 'GET' || method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(fuzzText(dice).repeat(3)).subarray(0, length)
  return { method, path, headers: { 'content-type': dice.pick(MEDIA_TYPES) }, body }
}

function oddHeaders(dice: Dice): Record<string, string> {
  return {
    ...(dice.percent(10) && { 'content-type': dice.pick(MEDIA_TYPES) }),
    ...(dice.percent(5) && { 'content-encoding': dice.pick(['gzip', 'br', 'identity', 'x']) }),
    ...(dice.percent(10) && { 'accept-language': asHeader(fuzzText(dice)) }),
    ...(dice.percent(5) && { cookie: 'c'.repeat(dice.number(9_000)) }),
    ...(dice.percent(5) && { origin: dice.pick(['null', 'https://evil.example', publicUrl]) }),
    ...(dice.percent(5) && { 'sec-fetch-site': dice.pick(['cross-site', 'same-origin', 'x']) }),
    ...(dice.percent(2) && { host: dice.pick(['', 'a:b:c', '[::', 'x'.repeat(300)]) }),
    ...(dice.percent(2) && { 'if-none-match': '*', range: 'bytes=0-1,5-', 'x-forwarded-proto': 'https' }),
  }
}

/** What fits into a header: Latin letters without controls. */
function asHeader(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '.')
    .slice(0, 4_000)
}
