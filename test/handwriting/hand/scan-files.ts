/** Files as scanners and offices make them of pages. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type JpegPage, pdfOfPages } from '../../slip/pdf-file.ts'
import type { Chance } from './chance.ts'
import { type Picture, raw } from './wear.ts'

export type Format = 'pdf' | 'jpg' | 'tiff-g4' | 'tiff-lzw' | 'tiff-jpeg' | 'png' | 'png-bilevel'

/** Any, the usual ones more often. */
export function anyFormat(chance: Chance): Format {
  return chance.weighted([
    ['pdf', 0.3],
    ['jpg', 0.25],
    ['tiff-g4', 0.15],
    ['tiff-jpeg', 0.12],
    ['png-bilevel', 0.08],
    ['tiff-lzw', 0.05],
    ['png', 0.05],
  ])
}

/** Formats of two levels. */
export function isBilevel(format: Format): boolean {
  return format === 'tiff-g4' || format === 'png-bilevel'
}

/** A page as it goes into a file. */
export interface ScannedPage {
  readonly picture: Picture
  readonly dpi: number
  /** JPEG's. */
  readonly quality: number
}

/** Where a page stands; `page` is 0-based. */
export interface Place {
  readonly file: string
  readonly page: number
}

/** Writes pages of one format: PDF and TIFF hold them all, JPEG and PNG one each. Returns where each stands. */
export async function writePages(
  folder: string,
  name: string,
  format: Format,
  pages: readonly ScannedPage[],
): Promise<Place[]> {
  if (format === 'pdf') return whole(folder, `${name}.pdf`, pages, pdfOfPages(await Promise.all(pages.map(jpegPage))))
  if (format.startsWith('tiff')) return whole(folder, `${name}.tif`, pages, await tiffOf(pages, format))
  return Promise.all(
    pages.map(async (page, at) => {
      const file = `${name}-${at + 1}.${format === 'jpg' ? 'jpg' : 'png'}`
      await writeFile(join(folder, file), await pictureOf(page, format))
      return { file, page: 0 }
    }),
  )
}

async function whole(folder: string, file: string, pages: readonly ScannedPage[], bytes: Uint8Array): Promise<Place[]> {
  await writeFile(join(folder, file), bytes)
  return pages.map((_, page) => ({ file, page }))
}

async function jpegPage({ picture, dpi, quality }: ScannedPage): Promise<JpegPage> {
  const { width, height, channels } = picture
  return { jpeg: await raw(picture).jpeg({ quality }).toBuffer(), width, height, dpi, isGrey: channels === 1 }
}

function pictureOf({ picture, dpi, quality }: ScannedPage, format: Format): Promise<Buffer> {
  const dense = raw(picture).withMetadata({ density: dpi })
  if (format === 'jpg') return dense.jpeg({ quality }).toBuffer()
  return (format === 'png' ? dense.png({ compressionLevel: 3 }) : dense.png({ palette: true, colours: 2 })).toBuffer()
}

/** Pages of one file have one size: the largest, with the scanner's bed around the others. */
async function tiffOf(pages: readonly ScannedPage[], format: Format): Promise<Buffer> {
  const width = Math.max(...pages.map(({ picture }) => picture.width))
  const height = Math.max(...pages.map(({ picture }) => picture.height))
  const channels = Math.max(...pages.map(({ picture }) => picture.channels)) as 1 | 3
  const { dpi, quality } = pages[0] as ScannedPage
  const data = Buffer.concat(pages.map(({ picture }) => onPage(picture, { width, height, channels })))
  const strip = sharp(data, { raw: { width, height: height * pages.length, channels, pageHeight: height } })
  const compression = { 'tiff-g4': 'ccittfax4', 'tiff-lzw': 'lzw', 'tiff-jpeg': 'jpeg' } as const
  const res = dpi / 25.4
  return (channels === 1 ? strip.toColourspace('b-w') : strip)
    .tiff({
      compression: compression[format as keyof typeof compression],
      quality,
      xres: res,
      yres: res,
      ...(isBilevel(format) && { bitdepth: 1 }),
      predictor: 'none',
    })
    .toBuffer()
}

function onPage(
  { width, height, channels, data }: Picture,
  to: Pick<Picture, 'width' | 'height' | 'channels'>,
): Buffer {
  const page = Buffer.alloc(to.width * to.height * to.channels, 250)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let k = 0; k < to.channels; k++)
        page[(y * to.width + x) * to.channels + k] = data[(y * width + x) * channels + Math.min(k, channels - 1)] ?? 0
  return page
}
