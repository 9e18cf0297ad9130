import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  type GreyPage,
  PAGE_LIMITS,
  type PageLimits,
  type PageProblem,
  pageCountOf,
  pagesOf,
} from '../../src/slip/pages.ts'
import { pdfOf } from './pdf-file.ts'

/** White, with a black square of 10 mm in its upper left corner. */
function sheet(width: number, height: number, dpi: number) {
  const side = Math.round((dpi * 10) / 25.4)
  const square = { create: { width: side, height: side, channels: 3 as const, background: 'black' } }
  return sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite([{ input: square, left: 0, top: 0 }])
    .withMetadata({ density: dpi })
}

async function faxed({ width, height }: typeof A6): Promise<Uint8Array> {
  const { data } = await sheet(width, height, 300).greyscale().raw().toBuffer({ resolveWithObject: true })
  const dotsPerMm = 300 / 25.4
  const form = { compression: 'ccittfax4', bitdepth: 1, xres: dotsPerMm, yres: dotsPerMm } as const
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff(form)
    .toBuffer()
}

async function read(bytes: Uint8Array, limits: Partial<PageLimits> = {}): Promise<(GreyPage | PageProblem)[]> {
  return Array.fromAsync(pagesOf(bytes, { ...PAGE_LIMITS, ...limits }))
}

function shape(page: GreyPage | PageProblem | undefined) {
  if (page === undefined || 'problem' in page) return page
  const at = (x: number, y: number) => page.data[y * page.width + x]
  return { width: page.width, height: page.height, corner: at(5, 5), paper: at(600, 500) }
}

const A6 = { width: 1748, height: 1240 }
const AT_200 = { width: 1165, corner: 0, paper: 255 }

describe('a scan', () => {
  test.each([
    ['a colour JPEG', () => sheet(A6.width, A6.height, 300).jpeg().toBuffer()],
    ['a grey PNG', () => sheet(A6.width, A6.height, 300).greyscale().png().toBuffer()],
    ['a TIFF of one bit, G4', () => faxed(A6)],
    ['a TIFF with LZW', () => sheet(A6.width, A6.height, 300).tiff({ compression: 'lzw' }).toBuffer()],
    ['a TIFF with JPEG', () => sheet(A6.width, A6.height, 300).tiff({ compression: 'jpeg' }).toBuffer()],
    ['a PDF with JPEG', async () => pdfOf(await sheet(A6.width, A6.height, 300).jpeg().toBuffer(), A6, 300)],
  ])('%s of 300 dpi is read as grey at 200', async (_what, file) => {
    const [page, ...more] = await read(await file())
    expect(shape(page)).toMatchObject(AT_200)
    expect(more).toEqual([])
  })

  test.each([
    [150, 150],
    [200, 200],
    [400, 200],
  ])('of %i dpi is read at %i: never enlarged', async (dpi, read200) => {
    const [page] = await read(
      await sheet(dpi * 4, dpi * 3, dpi)
        .jpeg()
        .toBuffer(),
    )
    expect(shape(page)).toMatchObject({ width: read200 * 4 })
  })

  test.each([
    [204, 98],
    [204, 391],
  ])('of a fax, %i dpi across and %i down, has square dots', async (across, down) => {
    const form = { xres: across / 25.4, yres: down / 25.4, compression: 'lzw' } as const
    const size = { width: across * 5, height: down * 4, fit: 'fill' as const }
    const [page] = await read(await sheet(1000, 800, 200).resize(size).tiff(form).toBuffer())
    expect(shape(page)).toMatchObject({ width: 1000, height: 800, corner: 0, paper: 255 })
  })

  test('with a fourth channel that was left empty is not taken for an empty page', async () => {
    const opaque = await sheet(A6.width, A6.height, 300).jpeg().toBuffer()
    const empty = sharp(opaque).ensureAlpha(0).withMetadata({ density: 300 })
    for (const file of [
      await empty.clone().tiff({ compression: 'lzw' }).toBuffer(),
      await empty.clone().png().toBuffer(),
    ])
      expect(shape((await read(file))[0])).toMatchObject(AT_200)
  })

  test('that claims the resolution of a screen is read as it is', async () => {
    const [page] = await read(await sheet(A6.width, A6.height, 72).jpeg().toBuffer())
    expect(shape(page)).toMatchObject({ width: A6.width })
  })
})

describe('what is no scan', () => {
  test.each([
    ['nothing', new Uint8Array(), 'The file is empty.'],
    ['text', Buffer.from('счёт'), 'The file is neither PDF, TIFF, JPEG nor PNG.'],
    ['a PDF cut off', Buffer.from('%PDF-1.4\n1 0 obj'), 'The PDF ends in the middle: it was copied only in part.'],
    ['a PDF of nothing', Buffer.from('%PDF-1.4\n%%EOF'), 'The PDF is damaged, or asks for a password.'],
    ['a JPEG of nothing', Buffer.from('ffd8ffe0', 'hex'), "Page 1 is damaged: its header can't be read."],
  ])('%s is told', async (_what, bytes, problem) => expect(await read(bytes)).toEqual([{ page: null, problem }]))

  test('a PDF whose picture can’t be decoded is told, not taken for an empty page', async () => {
    const problem = 'Page 1 of the PDF is damaged, of an unknown kind, or needs too much memory.'
    expect(await read(pdfOf(Buffer.alloc(10_000, 'no picture'), A6, 300))).toEqual([{ page: 0, problem }])
    const white = { create: { width: A6.width, height: A6.height, channels: 3 as const, background: 'white' } }
    const [page] = await read(pdfOf(await sharp(white).jpeg().toBuffer(), A6, 300))
    expect(shape(page)).toEqual({ width: 1165, height: 827, corner: 255, paper: 255 })
  })

  test('a picture cut off is told, not half read', async () => {
    const whole = await sheet(A6.width, A6.height, 300).jpeg().toBuffer()
    const cut = whole.subarray(0, whole.length / 2)
    expect(await read(cut)).toEqual([{ page: 0, problem: 'Page 1 is damaged, incomplete, or of an unknown kind.' }])
  })

  test.each([
    ['bytes', { fileBytesMax: 1_000 }, /bytes, more than 1000/],
    ['pixels', { pixelsMax: 1_000_000 }, /2167520 pixels, more than 1000000/],
  ])('one with too many %s is refused by its header', async (_what, limits, sentence) => {
    const jpeg = await sheet(A6.width, A6.height, 300).jpeg().toBuffer()
    const pdf = pdfOf(jpeg, A6, 300)
    for (const file of [jpeg, pdf])
      expect(await read(file, limits)).toMatchObject([{ problem: expect.stringMatching(sentence) }])
  })
})

describe('a scan in a file', () => {
  test.each([
    ['a PDF', async () => pdfOf(await sheet(A6.width, A6.height, 300).jpeg().toBuffer(), A6, 300)],
    ['a TIFF', () => sheet(A6.width, A6.height, 300).tiff().toBuffer()],
  ])('%s has the same pages as its bytes', async (_, make) => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'))
    try {
      const bytes = await make()
      const file = join(folder, 'scan')
      writeFileSync(file, bytes)
      expect(await Array.fromAsync(pagesOf(file))).toEqual(await read(bytes))
      expect(await pageCountOf(file)).toBe(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
