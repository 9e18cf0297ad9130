import type { PDFiumDocument, PDFiumPage } from '@hyzyla/pdfium'
import type { GreyPage, PageLimits, PageProblem, PageRange } from './pages.ts'
import { drawnScale } from './pages-scale.ts'
import { openPdfium, type Pdfium } from './pdfium.ts'
import type { ScanSource } from './scan-source.ts'

/** The pages of a PDF, each drawn at 200 dpi. */
export async function* pdfPages(
  source: ScanSource,
  limits: PageLimits,
  range: PageRange,
): AsyncGenerator<GreyPage | PageProblem> {
  for (let page = range.from; page < range.to; ) {
    const opened = await openPdf(source, limits)
    if ('problem' in opened) return yield opened
    const { pdfium, document, pages } = opened
    try {
      // A page that PDFium did not survive is told; what comes after it is read by a new one.
      for (; page < Math.min(pages, range.to) && pdfium.isSound(); page++)
        yield await pageOf(document, page, limits, pdfium)
    } finally {
      pdfium.close(document)
    }
    if (page >= pages) return
  }
}

/** How many pages it has. */
export async function pdfPageCount(source: ScanSource, limits: PageLimits): Promise<number | PageProblem> {
  const opened = await openPdf(source, limits)
  if ('problem' in opened) return opened
  opened.pdfium.close(opened.document)
  return opened.pages
}

interface OpenPdf {
  readonly pdfium: Pdfium
  readonly document: PDFiumDocument
  readonly pages: number
}

async function openPdf(source: ScanSource, { pagesMax }: PageLimits): Promise<OpenPdf | PageProblem> {
  if (!hasEnd(source)) return { page: null, problem: 'The PDF ends in the middle: it was copied only in part.' }
  const pdfium = await openPdfium()
  const document = await pdfium.open(source).catch(() => null)
  if (document === null) return { page: null, problem: 'The PDF is damaged, or asks for a password.' }
  const pages = document.getPageCount()
  if (pages > 0 && pages <= pagesMax) return { pdfium, document, pages }
  pdfium.close(document)
  return { page: null, problem: `The PDF has ${pages} pages, not 1 to ${pagesMax}.` }
}

async function pageOf(
  document: PDFiumDocument,
  page: number,
  limits: PageLimits,
  pdfium: Pdfium,
): Promise<GreyPage | PageProblem> {
  try {
    const opened = document.getPage(page)
    const large = await tooLarge(opened, limits)
    if (large !== null) return large
    const read = await drawn(opened, pdfium)
    if (!('problem' in read) && read.data.every((level) => level === WHITE))
      await decodePictures(document.getPage(page))
    return read
  } catch (error) {
    pdfium.threw(error)
    return { page, problem: `Page ${page + 1} of the PDF is damaged, of an unknown kind, or needs too much memory.` }
  }
}

const WHITE = 255
/** A white page of A3, one bit a pixel, takes less; one that somebody wrote on takes more. */
const WRITING_BYTES_MIN = 2_000

/** Throws where a picture can't be decoded: PDFium draws nothing for it, and the page would pass for a blank one. */
async function decodePictures(page: PDFiumPage): Promise<void> {
  for (const object of page.objects())
    if (object.type === 'image' && (await object.getImageDataRaw()).data.length >= WRITING_BYTES_MIN)
      await object.render({ render: 'bitmap' })
  // Drawing is what closes a page.
  await page.render({ width: 1, height: 1, scale: 1, colorSpace: 'Gray', render: 'bitmap' })
}

/** The pictures on a page know their size before anything of them is decoded. */
async function tooLarge(page: PDFiumPage, { pixelsMax }: PageLimits): Promise<PageProblem | null> {
  for (const object of page.objects()) {
    if (object.type !== 'image') continue
    const { width, height } = await object.getImageDataRaw()
    if (width * height > pixelsMax)
      return {
        page: page.number,
        problem: `Page ${page.number + 1} has ${width * height} pixels, more than ${pixelsMax}.`,
      }
  }
  return null
}

async function drawn(page: PDFiumPage, { isStarved }: Pdfium): Promise<GreyPage | PageProblem> {
  const { originalWidth, originalHeight } = page.getOriginalSize()
  if (!(originalWidth >= 1 && originalHeight >= 1))
    return { page: page.number, problem: `Page ${page.number + 1} of the PDF has no size.` }
  const scale = drawnScale({ width: originalWidth, height: originalHeight })
  // Rounded, as scanners do: a picture of 200 dpi is then copied dot for dot instead of being blurred.
  const size = {
    width: Math.max(1, Math.round(originalWidth * scale)),
    height: Math.max(1, Math.round(originalHeight * scale)),
  }
  const { width, height, data } = await page.render({ ...size, scale: 1, colorSpace: 'Gray', render: 'bitmap' })
  if (isStarved()) return { page: page.number, problem: `Page ${page.number + 1} of the PDF needs too much memory.` }
  return { page: page.number, width, height, data }
}

const END_BYTES = 2_048

/** Its last line says `%%EOF`; some programs write a little behind it. */
function hasEnd(source: ScanSource): boolean {
  const end = Buffer.alloc(Math.min(END_BYTES, source.size))
  source.read(end, source.size - end.length)
  return end.includes('%%EOF')
}
