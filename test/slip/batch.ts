import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { type GreyPage, pagesOf } from '../../src/slip/pages.ts'
import { sample } from '../slip-desk/desk.ts'
import { type JpegPage, pdfOfPages } from './pdf-file.ts'

const FILES = ['b02.pdf', 'b06_001.jpg', 'b11.tif', 'b14_005.jpg', 'b16_002.jpg', 'b16_004.jpg', 'b18.pdf']

/** One PDF of so many pages of the samples, over and over: a later round is another scan of the same papers. */
export async function batchOf(count: number): Promise<Buffer> {
  const pages = await samplePages()
  const jpegs: JpegPage[] = []
  for (let at = 0; at < count; at++)
    jpegs.push(await jpegOf(pages[at % pages.length] as GreyPage, Math.floor(at / pages.length)))
  return pdfOfPages(jpegs)
}

async function samplePages(): Promise<readonly GreyPage[]> {
  const pages: GreyPage[] = []
  for (const file of FILES)
    for await (const page of pagesOf(readFileSync(sample(file)))) if (!('problem' in page)) pages.push(page)
  return pages
}

async function jpegOf({ width, height, data }: GreyPage, round: number): Promise<JpegPage> {
  const raw = sharp(data, { raw: { width, height, channels: 1 } })
  const jpeg = await raw
    .toColourspace('b-w')
    .jpeg({ quality: 88 - 3 * round })
    .toBuffer()
  return { jpeg, width, height, dpi: 200, isGrey: true }
}
