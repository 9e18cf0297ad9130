import sharp, { type Metadata, type SharpOptions } from 'sharp'
import type { GreyPage, PageLimits, PageProblem, PageRange } from './pages.ts'
import { scaleOf } from './pages-scale.ts'

// One page at a time in each worker: libvips neither starts threads of its own nor keeps what it has read.
sharp.concurrency(1)
sharp.cache(false)

/** The pages of a TIFF, or the one of a JPEG or PNG. The header's sizes are looked at before anything is decoded. */
export async function* picturePages(
  bytes: Uint8Array,
  limits: PageLimits,
  range: PageRange,
): AsyncGenerator<GreyPage | PageProblem> {
  const pages = await picturePageCount(bytes, limits)
  if (typeof pages !== 'number') return yield pages
  for (let page = range.from; page < Math.min(pages, range.to); page++) yield await pageOf(bytes, page, limits)
}

/** How many pages it has, by its first header. */
export async function picturePageCount(bytes: Uint8Array, limits: PageLimits): Promise<number | PageProblem> {
  const first = await headerOf(bytes, 0, limits)
  if ('problem' in first) return { ...first, page: null }
  const pages = first.pages ?? 1
  if (pages <= limits.pagesMax) return pages
  return { page: null, problem: `The file has ${pages} pages, more than ${limits.pagesMax}.` }
}

async function pageOf(bytes: Uint8Array, page: number, limits: PageLimits): Promise<GreyPage | PageProblem> {
  const header = await headerOf(bytes, page, limits)
  if ('problem' in header) return header
  try {
    return await decoded(bytes, page, { header, limits })
  } catch {
    // What the decoder says may quote the file; that it is broken is all that helps.
    return { page, problem: `Page ${page + 1} is damaged or incomplete.` }
  }
}

async function headerOf(bytes: Uint8Array, page: number, limits: PageLimits): Promise<Metadata | PageProblem> {
  try {
    const header = await sharp(bytes, { ...STRICT, page, limitInputPixels: false }).metadata()
    const pixels = header.width * header.height
    if (pixels <= limits.pixelsMax) return header
    return { page, problem: `Page ${page + 1} has ${pixels} pixels, more than ${limits.pixelsMax}.` }
  } catch {
    return { page, problem: `Page ${page + 1} is damaged: its header can't be read.` }
  }
}

/** A scan that ends in the middle is an error; a scanner's private tags are none. */
const STRICT: SharpOptions = { failOn: 'error', sequentialRead: true }

async function decoded(
  bytes: Uint8Array,
  page: number,
  { header, limits }: { readonly header: Metadata; readonly limits: PageLimits },
): Promise<GreyPage> {
  const { factor, dpi } = scaleOf(header, header.density ?? 0)
  const upright = sharp(bytes, { ...STRICT, page, limitInputPixels: limits.pixelsMax })
    .autoOrient()
    .flatten({ background: 'white' })
    .greyscale()
  const width = Math.max(1, Math.round(turned(header).width * factor))
  const scaled = factor < 1 ? upright.resize({ width, kernel: 'linear' }) : upright
  const { data, info } = await scaled.toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { page, width: info.width, height: info.height, data: oneChannel(data, info.channels), dpi }
}

/** EXIF orientations from 5 on lie on their side. */
function turned({ width, height, orientation = 1 }: Metadata): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

function oneChannel(data: Uint8Array, channels: number): Uint8Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0)
}
