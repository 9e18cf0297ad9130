import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { openSlipDesk, type SlipDesk, sample } from '../slip/slip-house.ts'

let desk: SlipDesk
beforeEach(async () => {
  // Whatever was read surely goes to review too: these are the first slips.
  desk = await openSlipDesk({ SLIPS_REVIEW_FIRST: '500' })
  await desk.run('slips', 'scan', sample('b16_002.jpg'), sample('b16_004.jpg'))
})
afterEach(() => desk.end())

/** What the screen shows while the clerk types these lines. */
async function typing(...lines: string[]): Promise<string> {
  const shown: string[] = []
  const told = { stdout: (line: string) => shown.push(line), stderr: (line: string) => shown.push(line) }
  const stdin = Readable.from(lines.map((line) => `${line}\n`))
  await runCommand(['slips', 'review'], { env: desk.env, cwd: desk.dir, stdin, ...told })
  return shown.join('\n')
}

const events = async () =>
  (await desk.run('events')).lines.map((line) => JSON.parse(line) as { data: Record<string, unknown> })

describe('slips review', () => {
  test('shows the slip, its picture and the guesses, and makes of the decision an operator’s reading', async () => {
    const screen = await typing('', 'quit')
    const picture = /picture {2}(\S+)/.exec(screen)?.[1] ?? ''
    expect(existsSync(picture)).toBe(true)
    expect(screen).toMatch(/T1 +\d+/)
    expect(screen).toContain('accepted')
    expect((await events())[0]?.data).toMatchObject({ channel: 'SLIP', quality: 'OPERATOR', period: '2026-11' })
  })

  test('says once that a store was made where there was nothing, as where DATA_DIR is another than the gateway’s', async () => {
    const other = await openSlipDesk({ DATA_DIR: join(desk.dir, 'mistyped') })
    const made = 'DATA_DIR held neither store nor registry: a new store was made there, and is empty'
    rmSync(join(desk.dir, 'mistyped'), { recursive: true })
    for (const complaints of [[made], []])
      expect(await other.run('slips', 'calibrate')).toMatchObject({ status: 0, complaints })
    expect((await desk.run('slips', 'calibrate')).complaints).toEqual([])
    other.end()
  })

  test('what was skipped, or not understood, waits on', async () => {
    expect(await typing('skip', 'no number', 'skip')).toContain('one value a register')
    expect(await typing('skip', 'skip')).toContain('No slip waits.')
    expect(await events()).toEqual([])
  })

  test('asks before it takes what is far from usual, and takes it on a yes', async () => {
    const shown = await typing('quit')
    const [one = '0', other = '0'] = [...shown.matchAll(/T\d +(\d+)/g)].map(([, value]) => value)
    const far = `${one} ${Number(other) + 4_000}`
    const refused = await typing(far, 'no', 'skip', 'quit')
    expect(refused).toContain('VERY_HIGH: is it written so?')
    expect(await events()).toEqual([])
    expect(await typing(far, 'yes', 'quit')).toContain('accepted;flags="CONFIRMED HIGH"')
    expect((await events())[0]?.data).toMatchObject({ quality: 'OPERATOR', flags: ['CONFIRMED', 'HIGH'] })
  })

  test('asks before a slip of the hand rejects it', async () => {
    const [registers = 0] = [[...(await typing('quit')).matchAll(/T\d +\d+/g)].length]
    const far = Array<string>(registers).fill('999999999999').join(' ')
    const shown = await typing(far, 'no', 'quit')
    expect(shown).toContain('TOO_MANY_DIGITS: is it written so?')
    expect(shown).not.toContain('rejected')
    expect(await typing(far, 'yes', 'quit')).toContain('rejected;code=TOO_MANY_DIGITS')
  })

  test('asks before a slip of the hand holds it, and asks no second time', async () => {
    const shown = await typing('quit')
    const read = [...shown.matchAll(/T\d +(\d+)/g)].map(([, value = '0']) => value)
    const below = read.map((value) => `${Number(value) - 1_500}`).join(' ')
    const above = read.map((value) => `${Number(value) + 40_000}`).join(' ')
    for (const [typed, code] of [
      [below, 'BELOW_PREVIOUS'],
      [above, 'OVER_CAP'],
    ] as const) {
      const refused = await typing(typed, 'no', 'quit')
      expect(refused).toContain(`${code}: is it written so?`)
      expect(refused).not.toContain('held;')
    }
    const held = await typing(below, 'yes', 'quit')
    expect(held.match(/is it written so/g)).toHaveLength(1)
    expect(held).toContain('held;code=BELOW_PREVIOUS')
  })

  test('takes the reading for the meter that replaced the one of the code', async () => {
    const header = readFileSync(join(desk.dir, 'registry.csv'), 'utf8').split('\n')[0]
    const row = (meter: string, status: string) =>
      `amur,5051252488,,,,,ELECTRICITY,${meter},${status},T1,TOTAL,6,0,1,1600,2026-10-22,300\namur,5051252488,,,,,ELECTRICITY,${meter},${status},T2,NIGHT,6,0,1,1700,2026-10-22,300`
    const rows = [row('019745312511', 'ARCHIVED,777'), row('777', 'ACTIVE,')]
    desk.put('replaced.csv', Buffer.from(`${header}\n${rows.join('\n')}\n`))
    await desk.run('registry', 'import', 'replaced.csv')
    const refused = await typing('1768 1895', 'no', '5051252488 777 1768 1895', 'quit')
    expect(refused).toContain('METER_REPLACED: is it written so?')
    expect((await events())[0]?.data).toMatchObject({ account: '5051252488', meter: '777', quality: 'OPERATOR' })
  })

  test('what nobody can read is rejected, and counts in the calibration', async () => {
    expect(await typing('unreadable', '', 'quit')).toContain('rejected;code=UNREADABLE')
    const table = (await desk.run('slips', 'calibrate')).lines.join('\n')
    expect(table).toContain('too few reviews')
    expect(table).toMatch(/0\.999\d* +\d+ +\d+/)
    expect(await typing()).toContain('No slip waits.')
  })

  test.each([
    ['slips', 'review', 'now'],
    ['slips', 'calibrate', '--set'],
  ])('%s %s %s is wrong usage', async (...words) => expect((await desk.run(...words)).status).toBe(2))
})
