import { describe, expect, test } from 'vitest'
import { callbackOf } from '../../channels/viber/read.ts'
import { type ViberEvent, viberEvent } from '../../channels/viber/wire.ts'
import { pictureReader } from '../../src/channel/bill-picture.ts'
import { whatIsWrong } from '../../src/cli/demo/fakes/viber-server.ts'
import type { Callback } from '../../src/core/chat.ts'
import { submissionId } from '../../src/core/event.ts'
import { codesInPicture } from '../../src/slip/qr-picture.ts'
import { eventually } from '../eventually.ts'
import { qrPicture, sheetOf } from './qr-pictures.ts'
import { eventBody, message, text, user, withViber } from './viber-events.ts'

const viber = withViber()

describe('what a customer does', () => {
  const inputs: [string, object, object][] = [
    ['text', { type: 'text', text: '12345' }, { kind: 'text', text: '12345' }],
    ['an empty text', { type: 'text', text: '' }, { kind: 'text', text: '' }],
    ['a button', { type: 'text', text: '~pass' }, { kind: 'press', press: '~pass' }],
    ['a text that only looks like one', { type: 'text', text: '~ 12345' }, { kind: 'text', text: '~ 12345' }],
    [
      'the own contact, asked for',
      { type: 'contact', tracking_data: 'r7.contact', contact: { name: 'Anna', phone_number: '79990000001' } },
      { kind: 'contact', phone: '+79990000001' },
    ],
    [
      'a contact without a name, asked for',
      { type: 'contact', tracking_data: 'r7.contact', contact: { phone_number: '+7 999 000-00-01' } },
      { kind: 'contact', phone: '+79990000001' },
    ],
    [
      "somebody else's contact",
      { type: 'contact', tracking_data: 'r7.contact', contact: { name: 'Boris', phone_number: '79990000002' } },
      { kind: 'unreadable', what: 'other' },
    ],
    [
      'a contact that nobody asked for',
      { type: 'contact', tracking_data: 'r7', contact: { name: 'Anna', phone_number: '79990000001' } },
      { kind: 'unreadable', what: 'other' },
    ],
    ['a sticker', { type: 'sticker' }, { kind: 'unreadable', what: 'other' }],
    ['something new', { type: 'hologram' }, { kind: 'unreadable', what: 'other' }],
    ['a picture without a place', { type: 'picture' }, { kind: 'unreadable', what: 'picture' }],
  ]
  test.each(inputs)('%s', async (what, fields, input) => {
    await viber.post(message(`does ${what}`, fields))
    expect(viber.house.heard(`does ${what}`)).toEqual([input])
  })

  test('is heard under the message id, the user, and as of Viber', async () => {
    await viber.post(text('who', '5', 5_741_311_803_571_721_087n))
    const [receipt] = viber.house.receipts.kept.filter(({ to }) => to === 'who')
    expect(receipt).toMatchObject({ submissionId: submissionId('viber', 'message:5741311803571721087'), to: 'who' })
  })
})

describe('the welcome', () => {
  const opened = (from: string, context: string) =>
    eventBody('conversation_started', { type: 'open', context, user: user(from), subscribed: false })

  test('stands in the answer, is what Viber takes, has no receiver, and leaves by no receipt', async () => {
    const { status, body } = await viber.post(opened('welcome', ''))
    const welcome = JSON.parse(body)
    expect([status, whatIsWrong(welcome), welcome.receiver]).toEqual([200, null, undefined])
    expect(welcome).toMatchObject({ type: 'text', sender: { name: 'Показания' } })
    expect(viber.house.heard('welcome')).toEqual([])
  })

  test.each([
    ['nothing', '', null, null],
    ['an account', '2880950488', '2880950488', null],
    ['account and meter', '2880950488_250592064305057', '2880950488', '250592064305057'],
    ['one in base64url', `b-${Buffer.from('11111/11_007').toString('base64url')}`, '11111/11', '007'],
    ['what is too long', '1'.repeat(65), null, null],
    ['three parts', '1_2_3', null, null],
    ['no account', '_250592064305057', null, null],
    ['a script', '<script>', null, null],
  ])('knows what the link carried: %s', async (_what, context, account, meter) => {
    const said = JSON.parse(JSON.parse((await viber.post(opened('linked', context))).body).text)
    expect(said).toEqual({ kind: 'opened', account, meter, inAnswer: true })
  })

  test('is each one’s own, however many open at the same time', async () => {
    const accounts = Array.from({ length: 200 }, (_, number) => `28809${10_000 + number}`)
    const bodies = await Promise.all(accounts.map((account) => viber.post(opened(`many ${account}`, account))))
    expect(bodies.map(({ body }) => JSON.parse(JSON.parse(body).text).account)).toEqual(accounts)
  })

  test('is the same when Viber brings the event again', async () => {
    const body = opened('again', '2880950488')
    expect((await viber.post(body)).body).toBe((await viber.post(body)).body)
  })
})

describe('a picture', () => {
  const place = async (name: string, picture: Buffer) => {
    viber.fake.pictures.set(`/${name}`, picture)
    return `${viber.fake.url}/${name}`
  }
  const BILL = 'ST00012|Name=X|PersonalAcc=1|PersAcc=2880950488|CounterId=250592064305057'

  test('of a bill says account and meter', async () => {
    const media = await place('bill.png', await qrPicture(BILL))
    await viber.post(message('bill', { type: 'picture', media, text: '' }))
    expect(viber.house.heard('bill')).toEqual([{ kind: 'identity', account: '2880950488', meter: '250592064305057' }])
  })

  test.each([
    ['before', ['https://example.ru/app', BILL]],
    ['behind', [BILL, 'https://example.ru/app']],
  ])('of a bill with a foreign code %s its own says account and meter', async (where, codes) => {
    const media = await place('sheet.png', await sheetOf(...codes))
    await viber.post(message(`sheet ${where}`, { type: 'picture', media, text: '' }))
    expect(viber.house.heard(`sheet ${where}`)).toMatchObject([{ kind: 'identity', account: '2880950488' }])
  })

  test('of a bill with words under it says both', async () => {
    const media = await place('bill.png', await qrPicture(BILL))
    await viber.post(message('bill and words', { type: 'picture', media, text: 'показания 56311' }))
    await viber.post(message('bill and words', { type: 'picture', media, text: ' ' }))
    const bill = { kind: 'identity', account: '2880950488', meter: '250592064305057' }
    expect(viber.house.heard('bill and words')).toEqual([{ ...bill, caption: 'показания 56311' }, bill])
  })

  test('of something else is what was written under it, or unreadable', async () => {
    const media = await place('other.png', await qrPicture('https://example.ru'))
    await viber.post(message('caption', { type: 'picture', media, text: '12345' }))
    await viber.post(message('caption', { type: 'picture', media, text: ' ' }))
    expect(viber.house.heard('caption')).toEqual([
      { kind: 'text', text: '12345' },
      { kind: 'unreadable', what: 'picture' },
    ])
  })

  test.each<[string, () => Buffer]>([
    ['over 5 MB', () => Buffer.alloc(5 * 2 ** 20 + 1, 0xff)],
    ['that is none', () => Buffer.from('not a picture at all, whatever it is called')],
    ['cut short', () => Buffer.from('89504e470d0a1a0a', 'hex')],
    ['that claims 50,000 × 50,000 pixels', () => pngHeader(50_000, 50_000)],
  ])('%s is unreadable', async (what, bytes) => {
    const media = await place('bad.png', bytes())
    await viber.post(message(`bad ${what}`, { type: 'picture', media }))
    expect(viber.house.heard(`bad ${what}`)).toEqual([{ kind: 'unreadable', what: 'picture' }])
  })

  const bounds = { hosts: ['.viber.com'], apiUrl: 'https://chatapi.viber.com/pa' }
  const urls = { urlHosts: [], urlParameter: 'ls' }
  test.each([
    ['https://dl-media.viber.com/1/share/2/long/x.jpg', true],
    ['https://viber.com/x.jpg', true],
    ['http://dl-media.viber.com/x.jpg', false],
    ['https://dl-media.viber.com:8443/x.jpg', false],
    ['https://notviber.com/x.jpg', false],
    ['https://viber.com.example/x.jpg', false],
    ['https://user@dl-media.viber.com/x.jpg', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('is fetched from %s: %s', async (url, isFetched) => {
    const asked: string[] = []
    const read = pictureReader(
      {
        fetch: (input) => {
          asked.push(String(input))
          return Promise.reject(new TypeError('fetch failed'))
        },
        codesInPicture,
      },
      bounds,
      urls,
    )
    expect(await read({ url, caption: '' })).toEqual({ kind: 'unreadable', what: 'picture' })
    expect(asked).toEqual(isFetched ? [url] : [])
  })

  test('that takes over 3 s, or leads elsewhere, is unreadable', async () => {
    const media = await place('slow.png', await qrPicture(BILL))
    viber.fake.faultsAt.set('/slow.png', [
      'silence',
      { http: 302, headers: { location: `${viber.fake.url}/bill.png` } },
    ])
    await viber.post(message('slow', { type: 'picture', media }))
    await viber.post(message('slow', { type: 'picture', media }))
    expect(viber.house.heard('slow')).toEqual([
      { kind: 'unreadable', what: 'picture' },
      { kind: 'unreadable', what: 'picture' },
    ])
  })
})

describe('callbacks', () => {
  const told = { to: 'u', providerId: '5741311803571721087' }
  test.each<[string, Callback | null]>([
    ['delivered', { kind: 'reached', ...told }],
    ['seen', { kind: 'reached', ...told }],
    ['failed', { kind: 'failed', providerId: told.providerId }],
    ['unsubscribed', null],
  ])('%s: what it says of a message of ours', (event, callback) => {
    const body = Buffer.from(eventBody(event, { user_id: told.to }, BigInt(told.providerId)))
    expect(callbackOf(viberEvent({ body }) as ViberEvent)).toEqual(callback)
  })

  test('a failure is noted for the receipt that it is about, whose token has 64 bits', async () => {
    await viber.post(text('fails', '1'))
    await eventually(() => viber.fake.shown.some(({ to }) => to === 'fails'))
    const token = viber.fake.shown.find(({ to }) => to === 'fails')?.token ?? ''
    const of = () => viber.house.receipts.kept.find(({ to }) => to === 'fails')
    await eventually(() => of()?.result !== null)
    await viber.post(eventBody('failed', { user_id: 'fails', desc: 'x' }, BigInt(token) + 1n))
    expect(of()?.failedAt).toBeNull()
    await viber.post(eventBody('failed', { user_id: 'fails', desc: 'x' }, BigInt(token)))
    expect(of()?.failedAt).not.toBeNull()
  })

  test('what could not be noted comes again: 503', async () => {
    viber.house.breakStore(true)
    const failed = await viber.post(eventBody('failed', { user_id: 'x', desc: 'x' }))
    const said = await viber.post(text('unlucky', '1', 99n))
    viber.house.breakStore(false)
    expect([failed.status, said.status]).toEqual([503, 503])
    expect((await viber.post(text('unlucky', '1', 99n))).status).toBe(200)
    expect(viber.house.heard('unlucky')).toHaveLength(1)
  })
})

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(64)
  header.write('89504e470d0a1a0a0000000d49484452', 'hex')
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return header
}
