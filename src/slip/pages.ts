import { pdfPageCount, pdfPages } from './pages-pdf.ts'
import { picturePageCount, picturePages } from './pages-picture.ts'
import type { Raster } from './read/raster.ts'
import { type ScanSource, scanSource } from './scan-source.ts'

/** One page of a scan, scaled down to about 200 dpi where it had more; never enlarged. */
export interface GreyPage extends Raster {
  /** 0-based, within its file. */
  readonly page: number
}

/** A page, or all the rest of a file, that could not be read. */
export interface PageProblem {
  /** 0-based; null: the file as a whole. */
  readonly page: number | null
  /** A sentence for the operator; it names nothing personal. */
  readonly problem: string
}

/** What is read of a file at most; a file beyond it is a problem, not an attempt. */
export interface PageLimits {
  readonly fileBytesMax: number
  readonly pagesMax: number
  /** Pixels of one page as it is stored, before scaling. */
  readonly pixelsMax: number
}

/**
 * A batch of 200 colour pages of A4 at 300 dpi is about 150 MB. An A3 page at 400 dpi has 31 million pixels, the largest
 * that an office scanner makes.
 */
export const PAGE_LIMITS: PageLimits = { fileBytesMax: 200_000_000, pagesMax: 1_000, pixelsMax: 40_000_000 }

/** Pages from `from` on, up to and without `to`: who shares a file with others reads a part of it. */
export interface PageRange {
  readonly from: number
  readonly to: number
}

const ALL_PAGES: PageRange = { from: 0, to: Number.POSITIVE_INFINITY }

/**
 * Reads the pages of a scan in order: PDF, TIFF of any number of pages, JPEG, PNG, told apart by their content, whatever
 * the file is called. `scan` is its bytes, or the name of a file, which is read in parts if that can be. Never throws for
 * what a file holds: what can't be read comes as a problem, and the other pages come all the same.
 */
export async function* pagesOf(
  scan: Uint8Array | string,
  limits: PageLimits = PAGE_LIMITS,
  range: PageRange = ALL_PAGES,
): AsyncGenerator<GreyPage | PageProblem> {
  const source = scanSource(scan)
  try {
    const kind = kindOf(source, limits)
    if (typeof kind !== 'string') yield kind
    else yield* kind === 'pdf' ? pdfPages(source, limits, range) : picturePages(source.whole(), limits, range)
  } finally {
    source.close()
  }
}

/** How many pages a scan has, without decoding one. */
export async function pageCountOf(
  scan: Uint8Array | string,
  limits: PageLimits = PAGE_LIMITS,
): Promise<number | PageProblem> {
  const source = scanSource(scan)
  try {
    const kind = kindOf(source, limits)
    if (typeof kind !== 'string') return kind
    return await (kind === 'pdf' ? pdfPageCount(source, limits) : picturePageCount(source.whole(), limits))
  } finally {
    source.close()
  }
}

/** What the first bytes say, or what is wrong with the file as a whole. A PDF may have up to 1024 bytes before its mark. */
function kindOf(source: ScanSource, { fileBytesMax }: PageLimits): 'pdf' | 'picture' | PageProblem {
  const { size } = source
  if (size === 0) return { page: null, problem: 'The file is empty.' }
  if (size > fileBytesMax) return { page: null, problem: `The file has ${size} bytes, more than ${fileBytesMax}.` }
  const start = Buffer.alloc(Math.min(size, 1029))
  source.read(start, 0)
  if (PICTURES.some((mark) => start.toString('hex', 0, 8).startsWith(mark))) return 'picture'
  if (start.includes('%PDF-')) return 'pdf'
  return { page: null, problem: 'The file is neither PDF, TIFF, JPEG nor PNG.' }
}

/** JPEG, PNG, and TIFF in both byte orders, also as BigTIFF. */
const PICTURES = ['ffd8ff', '89504e470d0a1a0a', '49492a00', '4d4d002a', '49492b00', '4d4d002b']
