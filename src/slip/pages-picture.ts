import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import type { GreyPage, PageLimits, PageProblem, PageRange } from './pages.ts'
import { readScale } from './pages-scale.ts'

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
    return { page, problem: `Page ${page + 1} is damaged, incomplete, or of an unknown kind.` }
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

interface Opened {
  readonly header: Metadata
  readonly limits: PageLimits
}

async function decoded(bytes: Uint8Array, page: number, { header, limits }: Opened): Promise<GreyPage> {
  const open = () => sharp(bytes, { ...STRICT, page, limitInputPixels: limits.pixelsMax })
  const tall = header.format === 'tiff' ? await tallness(open()) : 1
  const factor = readScale({ ...header, height: header.height * tall }, header.density ?? 0)
  const unseen = header.hasAlpha && (await isUnseen(open()))
  const upright = unseen ? await uncovered(open()) : open().autoOrient().flatten({ background: 'white' })
  const grey = upright.greyscale()
  const { width, height } = turned({ ...header, width: header.width * factor, height: header.height * tall * factor })
  const across = { width: Math.max(1, Math.round(width)), kernel: 'linear' } as const
  const size = tall === 1 ? across : { ...across, height: Math.max(1, Math.round(height)), fit: 'fill' as const }
  const scaled = factor < 1 || tall !== 1 ? grey.resize(size) : grey
  const { data, info } = await scaled.toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { page, width: info.width, height: info.height, data: oneChannel(data, info.channels) }
}

/** More is a mistake of whoever wrote it. */
const TALL_MAX = 4

/**
 * How much taller than wide a dot is: a fax has 204 an inch across and 98 down. A header tells of those across alone, so one
 * dot is written anew as PNG, which says both.
 */
async function tallness(picture: Sharp): Promise<number> {
  const dot = await picture.extract({ left: 0, top: 0, width: 1, height: 1 }).keepMetadata().png().toBuffer()
  const at = dot.indexOf('pHYs')
  const tall = at === -1 ? 1 : dot.readUInt32BE(at + 4) / dot.readUInt32BE(at + 8)
  return tall >= 1 / TALL_MAX && tall <= TALL_MAX ? tall : 1
}

/** Whether nothing of a picture would be seen: some programs write a fourth channel and leave it empty. */
async function isUnseen(picture: Sharp): Promise<boolean> {
  const { channels } = await picture.stats()
  return channels.at(-1)?.max === 0
}

/** Without its fourth channel, in a picture of its own: to scale it first would multiply everything by that. */
async function uncovered(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture
    .autoOrient()
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

/** EXIF orientations from 5 on lie on their side. */
function turned({ width, height, orientation = 1 }: Metadata): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

function oneChannel(data: Uint8Array, channels: number): Uint8Array {
  return channels === 1 ? data : data.filter((_, index) => index % channels === 0)
}
