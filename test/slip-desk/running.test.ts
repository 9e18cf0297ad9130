import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { SlipHouse } from '../../src/core/slip-claim.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import { purgeKept } from '../../src/slip/kept.ts'
import { startSlips } from '../../src/slip-desk/running.ts'
import { keptLog } from '../outbox/fakes.ts'
import { openSlipDesk, type SlipDesk, sample } from './desk.ts'

const TOKEN = 'token-of-the-scanner'
const NOON = '2026-11-22T03:00:00.000Z'

/** Nobody brings a slip. */
async function never(): Promise<never> {
  throw new Error('nothing was to be read')
}

let desk: SlipDesk
let gateway: Gateway
let lines: string[]
beforeEach(async () => {
  desk = await openSlipDesk({ SLIPS_TOKEN: TOKEN, PORT: '0' })
  lines = []
  gateway = await opened()
})
afterEach(async () => {
  await gateway.close()
  desk.end()
})

async function opened(folder = 'inbox', more: Readonly<Record<string, string>> = {}): Promise<Gateway> {
  const read = readConfig({ ...desk.env, SLIPS_INBOX: join(desk.dir, folder), ...more })
  if ('problems' in read) throw new Error(read.problems.map(({ variable, advice }) => `${variable} ${advice}`).join())
  return startGateway(read.config, {
    log: openLog('info', { write: (line) => lines.push(line) }),
    // Looks at the inbox as fast as it can.
    machine: { ...thisMachine, wait: (_ms, signal) => thisMachine.wait(20, signal) },
  })
}

async function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await happened())) await sleep(50)
}

const inbox = (...place: string[]) => join(desk.dir, 'inbox', ...place)
const events = async () =>
  (await desk.run('events')).lines.map((line) => JSON.parse(line) as { data: Record<string, unknown> })

describe('the inbox', () => {
  test('that is no folder stops the start, and its variable is named', async () => {
    await gateway.close()
    desk.put('file', new Uint8Array())
    await expect(opened('file')).rejects.toThrow('SLIPS_INBOX must be a folder')
    expect(existsSync(join(desk.env['DATA_DIR'] ?? '', 'gateway.door'))).toBe(false)
    gateway = await opened()
  })

  test('takes a scan in its day’s folder, for that day, and moves it to done beside it', async () => {
    desk.put('inbox/2026-11-21/batch.pdf', 'b02.pdf')
    await until(() => existsSync(inbox('2026-11-21', 'done', 'batch.pdf')))
    const all = await events()
    expect(all.length).toBeGreaterThan(0)
    expect(all[0]?.data['receivedAt']).toBe('2026-11-21T00:00:00.000Z')
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toMatch(/gateway_slip_pages_total\{held="slips"\} 5/)
    expect(metrics).toContain(`gateway_items_total{channel="slip",outcome="accepted"} ${all.length}`)
    const scans = readdirSync(join(desk.env['DATA_DIR'] ?? '', 'slips', 'scans'))
    expect(scans).toHaveLength(1)
    expect(lines.join('\n')).not.toContain(String(all[0]?.data['account']))
  })

  test('takes the folder of a day that is to come for today’s', async () => {
    desk.put('inbox/2027-11-21/batch.jpg', 'b06_001.jpg')
    await until(() => existsSync(inbox('2027-11-21', 'done', 'batch.jpg')))
    const [{ receivedAt } = {}] = (await gateway.store.slipsToReview(0, 1)) as readonly { receivedAt?: string }[]
    const at = receivedAt ?? (await events())[0]?.data['receivedAt']
    expect(at).toMatch(/^2026-11-22T03:/)
  })

  test.each([
    ['nothing', new Uint8Array(), 'The file is empty.'],
    ['another kind', Buffer.from('MZ not a scan'), 'The file is neither PDF, TIFF, JPEG nor PNG.'],
  ])('moves a file that holds %s to failed, with the reason', async (_what, bytes, reason) => {
    desk.put('inbox/scan.tif', bytes)
    await until(() => existsSync(inbox('failed', 'scan.tif')))
    expect(readFileSync(inbox('failed', 'scan.tif.reason.txt'), 'utf8')).toBe(`${reason}\n`)
    const warned = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40)
    expect(warned).toMatchObject([
      { problems: 1, msg: expect.stringContaining('in failed, with the reasons beside it') },
    ])
  })

  test('tells when the slips that all go to review are over, and what to do next', async () => {
    await gateway.close()
    gateway = await opened('inbox', { SLIPS_REVIEW_FIRST: '1' })
    desk.put('inbox/2026-11-21/batch.jpg', 'b06_001.jpg')
    await until(() => existsSync(inbox('2026-11-21', 'done', 'batch.jpg')))
    const told = lines.map((line) => JSON.parse(line)).filter(({ first }) => first !== undefined)
    expect(told).toMatchObject([{ first: 1, level: 30, msg: expect.stringContaining('slips calibrate proposes') }])
  })

  test('that is gone is told of as such, with its variable', async () => {
    rmSync(inbox(), { recursive: true })
    await until(() => lines.some((line) => JSON.parse(line).code === 'ENOENT'))
    const told = lines.map((line) => JSON.parse(line)).find(({ code }) => code === 'ENOENT')
    expect(told).toMatchObject({
      level: 40,
      msg: expect.stringMatching(/^a folder of scans cannot be read.*SLIPS_INBOX/),
    })
  })

  test('takes the good pages of a scan that ends in the middle, and says which are missing', async () => {
    desk.put('inbox/half.tif', readFileSync(sample('b11.tif')).subarray(0, 80_000))
    await until(() => existsSync(inbox('failed', 'half.tif')))
    expect(readFileSync(inbox('failed', 'half.tif.reason.txt'), 'utf8')).toMatch(/^Page \d/m)
  })
})

describe('an upload', () => {
  const upload = (body: Uint8Array, { token = TOKEN, query = '', type = 'application/pdf' } = {}) =>
    fetch(`${gateway.url}/channels/slip${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: Uint8Array.from(body),
    })

  test('is answered once it is kept, and then read', async () => {
    const response = await upload(readFileSync(sample('b16_002.jpg')), { query: '?collected=2026-11-21T17:00%2B09:00' })
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({ status: 'waiting', collected: '2026-11-21T08:00:00.000Z' })
    await until(() => readdirSync(join(desk.env['DATA_DIR'] ?? '', 'slips', 'uploads')).length === 0)
    const { waiting, taken } = await gateway.store.slipCounts()
    expect(taken).toBe(1)
    expect((await events()).length + waiting).toBe(1)
  })

  const told = async (place: string, token = TOKEN) => {
    const response = await fetch(gateway.url + place, { headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, text: await response.text() }
  }
  const resultAt = async (place: string) => {
    await until(async () => JSON.parse((await told(place)).text).status !== 'waiting')
    return JSON.parse((await told(place)).text)
  }

  test('is told of where its answer says, slip by slip', async () => {
    const response = await upload(readFileSync(sample('b11.tif')))
    const place = response.headers.get('location') ?? ''
    expect(place).toMatch(/^\/channels\/slip\/\d+-[0-9a-f]{64}$/)
    const result = await resultAt(place)
    expect((await told(place)).status).toBe(200)
    expect(result).toMatchObject({ status: 'done', problems: [], scan: place.slice(-64) })
    expect(result.slips.length).toBeGreaterThan(0)
    for (const slip of result.slips)
      expect(slip).toMatchObject({
        page: expect.any(Number),
        position: expect.any(Number),
        account: expect.stringMatching(/^\*+\d{4}$/),
        meter: expect.stringMatching(/^\*+\d{4}$/),
        outcome: expect.stringMatching(/^(accepted|held)$/),
      })
    const outcomes = (result.slips as { outcome: string }[]).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength((await events()).length)
    expect(lines.join('\n')).not.toContain(place.slice(-64))
  })

  test('of which nothing could be read is told with the reason, again after a restart', async () => {
    const place = (await upload(Buffer.from('MZ not a scan'))).headers.get('location') ?? ''
    const result = await resultAt(place)
    expect(result).toMatchObject({ status: 'failed', problems: ['The file is neither PDF, TIFF, JPEG nor PNG.'] })
    await gateway.close()
    gateway = await opened()
    expect(JSON.parse((await told(place)).text)).toEqual(result)
  })

  test('that failed is forgotten with the raw input, and so is its result', async () => {
    const place = (await upload(Buffer.from('MZ not a scan'))).headers.get('location') ?? ''
    await resultAt(place)
    const data = desk.env['DATA_DIR'] ?? ''
    const failed = join(data, 'slips', 'uploads', 'failed')
    await until(() => existsSync(failed) && readdirSync(failed).length === 2)
    await purgeKept(data, new Date(Date.now() + 1_000).toISOString())
    expect(readdirSync(failed)).toEqual([])
    expect((await told(place)).status).toBe(404)
  })

  test('that was not read before the gateway stopped is read, and told of, after its start', async () => {
    const place = (await upload(readFileSync(sample('b16_002.jpg')))).headers.get('location') ?? ''
    await gateway.close()
    gateway = await opened()
    expect(await resultAt(place)).toMatchObject({ status: 'done', slips: [{ page: 0, position: 1 }] })
  })

  test('is told of to nobody without the token, and not where there is none', async () => {
    const place = (await upload(Buffer.from('MZ not a scan'))).headers.get('location') ?? ''
    expect(await told(place, 'another')).toEqual({ status: 403, text: '' })
    for (const other of [`/channels/slip/1-${'0'.repeat(64)}`, '/channels/slip/..%2f..%2fgateway.door'])
      expect((await told(other)).status).toBe(404)
  })

  test.each([
    ['another token', Buffer.from('x'), { token: 'another' }, 403],
    ['an empty body', Buffer.alloc(0), {}, 400],
    ['a day that is none', Buffer.from('x'), { query: '?collected=soon' }, 400],
    ['a day that is to come', Buffer.from('x'), { query: '?collected=2026-11-23T04:00Z' }, 400],
    ['a day before all scanners', Buffer.from('x'), { query: '?collected=1969-12-31T23:59Z' }, 400],
    ['a form around it', Buffer.from('x'), { type: 'multipart/form-data; boundary=x' }, 415],
  ])('with %s is refused', async (_why, body, how, status) => expect((await upload(body, how)).status).toBe(status))
})

test('what cannot be removed in its time is told of, and keeps no other scan from being removed', async () => {
  const read = readConfig({ DATA_DIR: join(desk.dir, 'other'), SLIPS_INBOX: join(desk.dir, 'box') })
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  const log = keptLog()
  const house: SlipHouse = { ...gateway.store, submit: never, preview: never, now: never }
  const slips = await startSlips(read.config, { house, machine: thisMachine, log, now: () => NOON })
  mkdirSync(join(desk.dir, 'box', 'done'))
  for (const spoilt of ['other/slips/scans', 'box/done/old.tif']) writeFileSync(join(desk.dir, spoilt), '')
  await slips.purge(new Date(Date.now() + 1_000).toISOString())
  await slips.close()
  expect(existsSync(join(desk.dir, 'box', 'done', 'old.tif'))).toBe(false)
  expect(log.lines).toMatchObject([
    { level: 'warn', fields: { code: 'ENOTDIR' }, message: 'scans that are past their time could not be removed' },
    { level: 'info', fields: { removed: 1 } },
  ])
})

test('commands use the running gateway’s house', async () => {
  const ran = await desk.run('slips', 'scan', sample('b16_004.jpg'))
  expect(ran).toMatchObject({ status: 0, complaints: [] })
  expect((await gateway.store.slipCounts()).taken).toBe(ran.lines.length)
})
