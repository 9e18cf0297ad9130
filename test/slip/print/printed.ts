import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { onTestFinished } from 'vitest'
import type { PrintedRow, PrintedSlip } from '../../../src/core/printed-slip.ts'
import { slipPdf } from '../../../src/slip/print/slip-pdf.ts'

/** A page as grey pixels; 0 is black. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  /** Pixels a millimetre, across and down: a renderer makes whole pixels of the page. */
  readonly perMm: { readonly x: number; readonly y: number }
}

/** A rectangle in millimetres. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Rows of that many boxes before and after the comma, T1 first. */
export function rows(...boxes: readonly (readonly [whole: number, decimals: number])[]): readonly PrintedRow[] {
  const zones = boxes.length === 1 ? (['TOTAL'] as const) : (['DAY', 'NIGHT', 'HALF_PEAK'] as const)
  return boxes.map(([whole, decimals], at) => ({ register: `T${at + 1}`, zone: zones[at] ?? 'TOTAL', whole, decimals }))
}

/** The example of the form, with changes. */
export function slip(changes: Partial<PrintedSlip> = {}): PrintedSlip {
  const example = { account: '5012345678', meter: '011234567890', service: 'ELECTRICITY', period: '2026-12' } as const
  return { ...example, rows: rows([6, 0], [6, 0]), ...changes }
}

/** Prints them. */
export async function printed(slips: readonly PrintedSlip[], layout: 'a4' | 'a6'): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(slipPdf(slips, { layout, supplier: 'ЭНЕРГОСБЫТ' })))
}

const POINTS_A_MM = 72 / 25.4

let library: Promise<PDFiumLibrary> | null = null

/** Opens it with a renderer that shares nothing with what wrote it; closed after the test. */
export async function openPdf(pdf: Uint8Array): Promise<PDFiumDocument> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(pdf)
  onTestFinished(() => document.destroy())
  return document
}

/** A page as it would be printed at `dpi`. */
export async function drawn(document: PDFiumDocument, { page = 0, dpi = 600 } = {}): Promise<Picture> {
  const sheet = document.getPage(page)
  const { originalWidth, originalHeight } = sheet.getOriginalSize()
  const { width, height, data } = await sheet.render({ scale: dpi / 72, colorSpace: 'Gray', render: 'bitmap' })
  const perMm = { x: (width / originalWidth) * POINTS_A_MM, y: (height / originalHeight) * POINTS_A_MM }
  return { width, height, grey: data, perMm }
}

/** How dark a point is, from 0 (paper) to 1. */
export function inkAt({ width, grey, perMm }: Picture, x: number, y: number): number {
  return 1 - (grey[Math.floor(y * perMm.y) * width + Math.floor(x * perMm.x)] ?? 255) / 255
}

/** The smallest rectangle around everything in the area that is darker than `ink`; null: nothing is. */
export function inked(picture: Picture, area: Area, ink = 0.25): Area | null {
  const { width, grey, perMm } = picture
  const [left, right] = [Math.ceil(area.left * perMm.x), Math.floor(area.right * perMm.x)]
  const found = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: -1, bottom: -1 }
  for (let y = Math.ceil(area.top * perMm.y); y < Math.floor(area.bottom * perMm.y); y++) {
    for (let x = left; x < right; x++) {
      if (1 - (grey[y * width + x] ?? 255) / 255 <= ink) continue
      found.left = Math.min(found.left, x)
      found.right = Math.max(found.right, x + 1)
      found.top = Math.min(found.top, y)
      found.bottom = Math.max(found.bottom, y + 1)
    }
  }
  if (found.right < 0) return null
  return {
    left: found.left / perMm.x,
    top: found.top / perMm.y,
    right: found.right / perMm.x,
    bottom: found.bottom / perMm.y,
  }
}
