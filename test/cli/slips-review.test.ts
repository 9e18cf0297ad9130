import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { copyOf, openSlipDesk, type SlipDesk, sample } from '../slip-desk/desk.ts'

interface Event {
  readonly headers: Readonly<Record<string, string>>
  readonly data: Record<string, unknown>
}

let scanned: SlipDesk
beforeAll(async () => {
  // Whatever was read surely goes to review too: these are the first slips.
  scanned = await openSlipDesk({ SLIPS_REVIEW_FIRST: '500' })
  await scanned.run('slips', 'scan', sample('b16_002.jpg'), sample('b16_004.jpg'))
})
afterAll(() => scanned.end())

let desk: SlipDesk
beforeEach(() => {
  desk = copyOf(scanned)
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

const events = async () => (await desk.run('events')).lines.map((line) => JSON.parse(line) as Event)

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

  test('says how many wait, what may be typed, and in words what speaks against it', async () => {
    const screen = await typing('help', '1', '999999999999 1', 'no', 'quit')
    expect(screen).toMatch(/^2 wait\.\n/)
    expect(screen.match(/unreadable: nobody can read it; skip: it waits on; help; quit/g)).toHaveLength(2)
    expect(screen).toMatch(/one value a register \(T1, T2\)/)
    expect(screen).toContain(
      'More digits than the dial has. TOO_MANY_DIGITS: is it written so? yes (then it is refused)',
    )
  })

  test('a decision made in error is taken back and said anew, and the first one may be said again', async () => {
    const values = [...(await typing('quit')).matchAll(/T\d +(\d+)/g)].map(([, value = '0']) => Number(value))
    const other = values.map((value) => value + 1).join(' ')
    const screen = await typing('', 'back', other, 'back', values.join(' '), 'quit')
    expect(screen.match(/^Slip 1 /gm)).toHaveLength(3)
    expect(screen).toContain('said before: accepted')
    expect(screen).not.toContain('still stands')
    const sent = (await events()).map(
      ({ headers, data }) => ({ ...data, id: headers['ce_id'] }) as Record<string, unknown>,
    )
    expect(sent.map(({ registers }) => (registers as { value: string }[]).map(({ value }) => Number(value)))).toEqual([
      values,
      other.split(' ').map(Number),
      values,
    ])
    expect(sent.map(({ supersedes }) => supersedes)).toEqual([null, sent[0]?.['id'], sent[1]?.['id']])
    expect(await typing('quit')).toContain('1 wait.')
  })

  test('back leads to what was skipped, and from the end to the last one; before the first there is none', async () => {
    const screen = await typing('back', 'skip', 'back', 'skip', 'skip', 'back', 'unreadable', '')
    expect(screen).toContain('none was shown before it')
    expect([...screen.matchAll(/^Slip (\d) /gm)].map(([, number]) => number)).toEqual(['1', '1', '2', '1', '2', '2'])
    expect(screen.match(/No slip waits/g)).toHaveLength(2)
    expect(await typing('quit')).toContain('1 wait.')
  })

  test('a decision of another sitting is changed by the number of its slip, there and back again', async () => {
    const values = [...(await typing('quit')).matchAll(/T\d +(\d+)/g)].map(([, value = '0']) => Number(value))
    const other = values.map((value) => value + 1).join(' ')
    await typing('', 'unreadable', '')
    for (const said of [other, values.join(' '), other]) {
      const screen = await typing('back 9', 'quit', '')
      expect(screen).toContain('No slip waits')
      expect(await typing('back 1', said, '')).toMatch(/^Slip 1 .*said before: T1 \d.*accepted/ms)
    }
    const sent = (await events()).filter(({ data }) => data['supersedes'] !== undefined)
    expect(sent.map(({ data }) => (data['registers'] as { value: string }[])[0]?.value)).toEqual(
      [0, 1, 0, 1].map((more) => `${(values[0] ?? 0) + more}`),
    )
    expect(await typing('back 2', 'quit')).toContain('said before: unreadable')
    expect(await typing('back 9', '')).toContain('no slip of that number waits or was reviewed')
  })

  test('who has changed a later slip by its number goes on with the one that was left for it', async () => {
    await typing('skip', 'unreadable', '')
    const screen = await typing('back 2', '', 'skip', '')
    expect([...screen.matchAll(/^Slip (\d) /gm)].map(([, number]) => number)).toEqual(['1', '2', '1'])
  })

  test('says that billing keeps what was accepted, where nothing takes its place', async () => {
    const screen = await typing('', 'back', 'unreadable', 'quit')
    expect(screen).toContain('what was accepted of this slip before still stands')
  })

  test.each([
    [
      'was held',
      ['1 1', 'yes', 'back 2', 'skip', ''],
      'if a reading was accepted of this slip before, it still stands',
    ],
    ['was accepted', ['', 'skip', ''], 'if a reading was accepted of this slip before, it still stands'],
  ])('of a slip of another sitting that %s it does not claim to know what became of it', async (_what, said, says) => {
    await typing(...said)
    const screen = await typing('back 1', 'unreadable', 'quit')
    expect(screen).toContain(says)
    expect(screen).not.toContain('what was accepted of this slip')
  })

  test('at the end it offers to go back only to what there is', async () => {
    expect(await typing('unreadable', 'unreadable', '')).toContain('No slip waits. back: to change what you said; or')
    expect(await typing('')).toContain('No slip waits. back 54: to change what was said of slip 54; or')
  })

  test('asks before it takes a reading for another account than the code says', async () => {
    const other = '5516502579 065557684526 35200 72050'
    const screen = await typing(other, 'no', other, 'yes', 'quit')
    expect(screen.match(/its code says account 5051252488: is it of 5516502579 all the same\?/g)).toHaveLength(2)
    expect((await events()).map(({ data }) => data['account'])).toEqual(['5516502579'])
  })

  test('calibrate says how many reviews are missing, and how far the first slips have come', async () => {
    await typing('', 'quit')
    const said = (await desk.run('slips', 'calibrate')).lines.join('\n')
    expect(said).toContain('too few reviews for a bound: 2 readings were compared, 300 are needed')
    expect(said).toContain('2 of the first 500 slips were taken, which all go to review; 1 wait for slips review')
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
