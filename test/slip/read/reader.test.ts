import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { spellingOf } from '../../../src/core/slip-values.ts'
import { seenQuickly } from '../../../src/slip/read/raster.ts'
import { openSlipReader, type SlipFound, type SlipReader } from '../../../src/slip/read/reader.ts'
import { pageIn, type SeenPage, seenIn } from '../../handwriting/evaluate.ts'
import { acceptedOf, digitsRight, type Judged, judged } from '../../handwriting/figures.ts'
import { samplesIn } from '../../handwriting/truth.ts'
import { covered } from './painted.ts'

const FOLDER = fileURLToPath(new URL('../../fixtures/slips', import.meta.url))
const samples = samplesIn(FOLDER)

let reader: SlipReader
let pages: readonly SeenPage[]
let all: readonly Judged[]

beforeAll(async () => {
  reader = await openSlipReader()
  const files = [...new Set(samples.slips.map(({ file }) => file))]
  pages = (await seenIn(FOLDER, files, reader)).pages
  all = judged(samples, pages)
})

const idsWhere = (wanted: (one: Judged) => boolean): string[] => all.filter(wanted).map(({ truth }) => truth.id)

describe('sample scans: TIFF, PDF and JPEG, two levels and grey, upright and turned', () => {
  test('every slip is found once, on its page', () => {
    for (const { file, page, slips } of pages) {
      const there = samples.slips.filter((truth) => truth.file === file && truth.page === page)
      expect({ file, page, count: slips.length }).toEqual({ file, page, count: there.length })
    }
  })

  test('every code that can be read is read, and none is read as another’s', () => {
    expect(idsWhere(({ seen, truth }) => (seen !== null) !== truth.qrReadable)).toEqual([])
    const named = pages.flatMap(({ slips }) => slips).filter(({ identity }) => identity !== null)
    expect(named).toHaveLength(idsWhere(({ seen }) => seen !== null).length)
  })

  test('digits are read', () => {
    const [right, count] = digitsRight(all)
    expect(right / count).toBeGreaterThan(0.96)
  })

  test('nothing is accepted that is wrong, or that a person must see', () => {
    const wrong = ({ truth, rows }: Judged): boolean =>
      truth.expect !== 'readable' || truth.registers.some(({ read }, k) => read !== rows[k]?.value)
    expect(idsWhere((one) => acceptedOf(one) && wrong(one))).toEqual([])
  })

  test('most of what can be read needs no person', () => {
    const readable = idsWhere(({ truth }) => truth.expect === 'readable')
    expect(idsWhere(acceptedOf).length / readable.length).toBeGreaterThan(0.5)
  })

  test('a number written below its row is seen as such', () => {
    const outside = all.filter(({ truth }) => truth.reasons.includes('written-outside'))
    expect(outside.map(({ seen }) => seen?.rows.map(({ strayInk }) => strayInk))).toEqual([[true]])
  })
})

describe('what comes with a slip', () => {
  test('slips of a page are numbered from the top, with their boxes as pictures', async () => {
    const page = await pageIn(FOLDER, 'b18.pdf', 1)
    const { slips } = await reader.read(page)
    expect(slips.map(({ position }) => position)).toEqual([1, 2, 3])
    const tops = slips.map(({ corners }) => Math.min(...corners.map(({ y }) => y)))
    expect(tops).toEqual(tops.toSorted((one, other) => one - other))
    for (const { cutOuts, rows } of slips)
      expect(cutOuts.map((boxes) => boxes.length)).toEqual(rows.map(({ boxes }) => boxes.length))
    expect(slips[0]?.cutOuts[0]?.[0]).toMatchObject({ width: 40, height: 48 })
  })

  test('it can be posted by a worker', async () => {
    const page = await pageIn(FOLDER, 'b16_002.jpg', 0)
    const slips: readonly SlipFound[] = (await reader.read(page)).slips
    expect(structuredClone(slips)).toEqual(slips)
  })

  test('its picture is upright: the mark with the hole stands in the upper left corner', async () => {
    const page = await pageIn(FOLDER, 'b16_002.jpg', 0)
    const [slip] = (await reader.read(page)).slips
    if (slip === undefined) throw new Error('no slip')
    const window = { corner: { x: 0, y: 0 }, width: 592, height: 420, scale: 4 }
    const { width, data } = seenQuickly(page, slip.placement, window)
    const grey = (x: number, y: number): number => data[Math.round(y * 4) * width + Math.round(x * 4)] ?? 0
    expect(grey(8, 8)).toBeGreaterThan(grey(8, 6.2) + 60)
    for (const x of [140]) for (const y of [8, 97]) expect(grey(x, y)).toBeLessThan(grey(x - 5, y) - 60)
  })

  test('a page that is mirrored is read as any other', async () => {
    const page = await pageIn(FOLDER, 'b18.pdf', 1)
    const mirrored = {
      ...page,
      data: page.data.map((_, at) => page.data[at + page.width - 1 - 2 * (at % page.width)] ?? 0),
    }
    const [as, seen] = [await reader.read(page), await reader.read(mirrored)]
    const said = ({ slips }: typeof seen) =>
      slips.map(({ identity, rows }) => [identity?.account, rows.map((row) => spellingOf(row).values[0]?.value)])
    expect(said(seen).toSorted()).toEqual(said(as).toSorted())
    expect(seen.strayMark).toBe(false)
  })

  test('a page with nothing on it, and one of noise, have no slips', async () => {
    const white = { width: 1654, height: 2339, data: new Uint8Array(1654 * 2339).fill(250) }
    const noise = {
      width: 900,
      height: 700,
      data: Uint8Array.from({ length: 630_000 }, (_, k) => (k * 2_654_435_761) % 251),
    }
    expect(await reader.read(white)).toEqual({ slips: [], strayMark: false })
    expect(await reader.read(noise)).toEqual({ slips: [], strayMark: false })
  })
})

describe('of three slips on a page, where the second', () => {
  const page = () => pageIn(FOLDER, 'b18.pdf', 1)
  const without = async (marks: readonly number[], code: boolean) => {
    const whole = await page()
    const second = (await reader.read(whole)).slips[1]
    if (second === undefined) throw new Error('no second slip')
    return { second, seen: await reader.read(covered(whole, second.placement, { marks, code })) }
  }

  test('is whole, all are found, and nothing else', async () => {
    const { slips, strayMark } = await reader.read(await page())
    expect([slips.length, strayMark]).toEqual([3, false])
  })

  test.each([[[0, 1, 2]], [[1, 2, 3]], [[0, 3]]])(
    'has lost its code and its marks %j, the rest of it is noticed',
    async (marks) => {
      const { seen } = await without(marks, true)
      expect([seen.slips.length, seen.strayMark]).toEqual([2, true])
    },
  )

  test.each([[[0, 1, 2, 3]], [[0, 2, 3]]])(
    'has lost its marks %j, it is known by its code, and not read',
    async (marks) => {
      const { second, seen } = await without(marks, false)
      expect([seen.slips.length, seen.strayMark]).toEqual([3, false])
      const { identity, rows } = seen.slips[1] ?? {}
      expect({ identity, rows }).toEqual({ identity: second.identity, rows: [] })
      expect(second.identity).not.toBeNull()
    },
  )
})

test.each(['b06_001.jpg', 'b14_005.jpg'])(
  'the letters of a slip without its marks make no second one: %s',
  async (file) => {
    const page = await pageIn(FOLDER, file, 0)
    const [whole] = (await reader.read(page)).slips
    if (whole === undefined) throw new Error('no slip')
    const { slips } = await reader.read(covered(page, whole.placement, { marks: [0, 1, 2, 3], code: false }))
    expect(slips.map(({ identity }) => identity)).toEqual([whole.identity])
  },
)
