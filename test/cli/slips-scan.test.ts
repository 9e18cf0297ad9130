import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { openSlipDesk, type SlipDesk, sample } from '../slip-desk/desk.ts'

interface Line {
  readonly file: string
  readonly account: string | null
  readonly meter: string | null
  readonly outcome: string
  readonly code?: string
  readonly registers: Readonly<Record<string, string | null>>
  readonly confidence: number
}

const linesOf = ({ lines }: { lines: readonly string[] }) => lines.map((line) => JSON.parse(line) as Line)

let desk: SlipDesk
beforeEach(async () => {
  desk = await openSlipDesk()
})
afterEach(() => desk.end())

const events = async () =>
  (await desk.run('events')).lines.map((line) => JSON.parse(line) as { data: Record<string, unknown> })

describe('slips scan', () => {
  test('takes what was read surely, holds the rest, and says so, a line a slip', async () => {
    const ran = await desk.run('slips', 'scan', sample('b02.pdf'), '--collected', '2026-11-22T17:00+09:00')
    expect(ran.status).toBe(0)
    const lines = linesOf(ran)
    expect(lines.length).toBeGreaterThan(4)
    const accepted = lines.filter(({ outcome }) => outcome === 'accepted')
    expect(accepted.length).toBeGreaterThan(0)
    expect(lines.every(({ outcome }) => outcome === 'accepted' || outcome === 'held')).toBe(true)
    expect(lines[0]?.account).toMatch(/^\*{6}\d{4}$/)
    const sent = await events()
    expect(sent).toHaveLength(accepted.length)
    expect(sent[0]?.data).toMatchObject({
      channel: 'SLIP',
      quality: 'SCAN',
      period: '2026-11',
      receivedAt: '2026-11-22T08:00:00.000Z',
    })
  })

  test('brought again gives the same answers and no second event', async () => {
    const first = linesOf(await desk.run('slips', 'scan', sample('b11.tif'), '--full'))
    const count = (await events()).length
    expect(linesOf(await desk.run('slips', 'scan', sample('b11.tif'), '--full'))).toEqual(first)
    expect(await events()).toHaveLength(count)
  })

  test('knows a paper again on another scan, which is a duplicate, whether it was taken or held', async () => {
    const page = sharp(sample('b06_001.jpg')).rotate(2, { background: 'white' }).resize({ width: 1500 }).blur(0.5)
    desk.put('again.jpg', await page.jpeg({ quality: 60 }).withMetadata({ density: 235 }).toBuffer())
    const [first] = linesOf(await desk.run('slips', 'scan', sample('b06_001.jpg')))
    expect(['accepted', 'held']).toContain(first?.outcome)
    const [again] = linesOf(await desk.run('slips', 'scan', 'again.jpg', '--collected', '2026-11-23T17:00+09:00'))
    expect(again?.outcome).toBe('duplicate')
  })

  test('without taking anything in prints the same readings', async () => {
    const dryRun = async () => linesOf(await desk.run('slips', 'scan', sample('b14_005.jpg'), '--dry-run'))
    const dry = await dryRun()
    expect(await events()).toHaveLength(0)
    expect(readdirSync(desk.env['DATA_DIR'] ?? '')).not.toContain('slips')
    expect(linesOf(await desk.run('slips', 'scan', sample('b14_005.jpg')))).toEqual(dry)
    expect(await dryRun()).toEqual(dry)
  })

  test('prints the readings of accounts that the registry does not know', async () => {
    const other = await openSlipDesk()
    const registry = readFileSync(join(other.dir, 'registry.csv'), 'utf8').split('\n')
    other.put('registry.csv', Buffer.from(`${registry.slice(0, 2).join('\n')}\n`))
    await other.run('registry', 'import', 'registry.csv')
    const [line] = linesOf(await other.run('slips', 'scan', sample('b16_002.jpg'), '--full'))
    expect(line).toMatchObject({ outcome: 'rejected', code: 'ACCOUNT_UNKNOWN' })
    expect(Object.values(line?.registers ?? {})[0]).toMatch(/^\d+/)
    other.end()
  })

  test('tells of a paper that was rejected what it told before: it stands nowhere', async () => {
    const other = await openSlipDesk({}, [
      { account: '5999999999', meter: '1', registers: [{ name: 'T1', int: 5, dec: 0, previous: 1, avgMonthly: 1 }] },
    ])
    const page = sharp(sample('b16_002.jpg')).rotate(2, { background: 'white' })
    other.put('again.jpg', await page.jpeg({ quality: 60 }).toBuffer())
    const rejected = { outcome: 'rejected', code: 'ACCOUNT_UNKNOWN' }
    expect(linesOf(await other.run('slips', 'scan', sample('b16_002.jpg')))).toMatchObject([rejected])
    for (const how of [['--dry-run'], []])
      expect(linesOf(await other.run('slips', 'scan', 'again.jpg', ...how))).toMatchObject([rejected])
    expect((await other.run('events')).lines).toHaveLength(1)
    other.end()
  })

  test('keeps the pictures of what waits for a registry: once that has come, a person may have to look', async () => {
    const env = { ...desk.env, DATA_DIR: join(desk.dir, 'without') }
    const lines: string[] = []
    const told = { stdout: (line: string) => lines.push(line), stderr: () => undefined }
    await runCommand(['slips', 'scan', sample('b16_002.jpg')], { env, cwd: desk.dir, ...told })
    expect(linesOf({ lines })).toMatchObject([{ outcome: 'held', code: 'REGISTRY_UNAVAILABLE' }])
    expect(readdirSync(join(env.DATA_DIR, 'slips', 'pictures'))).toHaveLength(1)
  })

  test.each([
    ['2026-11-23T11:59+09:00', []],
    ['2027-11-22T17:00+09:00', [expect.stringMatching(/^--collected lies in the future/)]],
  ])('takes what was collected on %s, and says where that is to come', async (collected, complaints) => {
    const ran = await desk.run('slips', 'scan', sample('b16_002.jpg'), '--dry-run', '--collected', collected)
    expect([ran.status, ran.lines.length, ran.complaints]).toEqual([0, 1, complaints])
  })

  test('names a file that is no scan, and goes on with the next', async () => {
    desk.put('notes.pdf', Buffer.from('no scan at all'))
    const ran = await desk.run('slips', 'scan', 'notes.pdf', 'missing.pdf', '.', sample('b16_004.jpg'))
    expect(ran.status).toBe(1)
    expect(ran.lines).toHaveLength(1)
    expect(ran.complaints).toEqual([
      'notes.pdf: The file is neither PDF, TIFF, JPEG nor PNG.',
      'missing.pdf: cannot be read (ENOENT)',
      '.: is no file',
    ])
  })

  test.each(['2026-11-25', '25.11.2026 17:00'])('says how --collected %s is written', async (collected) => {
    const { status, complaints } = await desk.run('slips', 'scan', 'a.pdf', '--collected', collected)
    expect(status).toBe(2)
    expect(complaints[0]).toBe('--collected is no instant: give one like 2026-11-25T17:00+09:00')
  })

  test.each([[[]], [['a.pdf', '--collected', 'yesterday']], [['a.pdf', '--fast']]])(
    '%j is wrong usage',
    async (words) => {
      expect((await desk.run('slips', 'scan', ...words)).status).toBe(2)
    },
  )
})
