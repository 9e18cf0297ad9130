import type { PrintedSlip } from '../../core/printed-slip.ts'
import { canvas, FONT_NAMES } from './canvas.ts'
import { drawForm, drawSlip } from './draw-slip.ts'
import { SLIP } from './form-r1.ts'
import { type PdfWriter, pdfWriter, point } from './pdf-writer.ts'
import { LAYOUTS, type Layout } from './sheet.ts'
import { typeface, type Weight } from './typeface.ts'

/** How slips are printed. */
export interface SlipPrint {
  readonly layout: Layout
  /** The supplier's short name, printed and in the code. */
  readonly supplier: string
}

const POINTS_A_MILLIMETRE = 72 / 25.4

/** A PDF of slips in the order in which they come, part by part; it holds no more than one sheet of them. */
export async function* slipPdf(
  slips: AsyncIterable<PrintedSlip> | Iterable<PrintedSlip>,
  print: SlipPrint,
): AsyncGenerator<Buffer> {
  const document = slipDocument(print)
  yield document.head
  let sheet: PrintedSlip[] = []
  for await (const slip of slips) {
    sheet.push(slip)
    if (sheet.length < document.slipsASheet) continue
    yield document.sheet(sheet)
    sheet = []
  }
  if (sheet.length > 0) yield document.sheet(sheet)
  yield* document.finish()
}

/** The PDF of one slip. */
export function oneSlipPdf(slip: PrintedSlip, print: SlipPrint): Buffer {
  const document = slipDocument(print)
  return Buffer.concat([document.head, document.sheet([slip]), ...document.finish()])
}

function slipDocument({ layout, supplier }: SlipPrint) {
  const { width, height, places, marks } = LAYOUTS[layout]
  const writer = pdfWriter()
  const [form, regular, bold] = [writer.reserve(), writer.reserve(), writer.reserve()]
  const fonts = `/Font<</${FONT_NAMES.regular} ${regular} 0 R/${FONT_NAMES.bold} ${bold} 0 R>>`
  const head = Buffer.concat([
    writer.head(),
    formObject(writer, form, { fonts, supplier }),
    ...(['regular', 'bold'] as Weight[]).map((weight) =>
      typeface(weight).objects(weight === 'bold' ? bold : regular, writer),
    ),
  ])
  const size = { width: width * POINTS_A_MILLIMETRE, height: height * POINTS_A_MILLIMETRE }
  const resources = `${fonts}/XObject<</Form ${form} 0 R>>`
  return {
    head,
    slipsASheet: places.length,
    sheet(slips: readonly PrintedSlip[]): Buffer {
      const on = canvas()
      on.raw(millimetres(height))
      for (const mark of marks) on.fill(...mark, 0.6)
      for (const [at, slip] of slips.entries()) {
        const [x, y] = places[at] ?? [0, 0]
        on.raw(`q 1 0 0 1 ${point(x)} ${point(y)} cm /Form Do`)
        drawSlip(on, slip, supplier)
        on.raw('Q')
      }
      return writer.page({ ...size, resources, content: on.content() })
    },
    finish: () => writer.finish({ title: 'Показания счётчика', language: 'ru-RU' }),
  }
}

/** From points upwards to millimetres downwards. */
function millimetres(height: number): string {
  const scale = POINTS_A_MILLIMETRE.toFixed(6)
  return `${scale} 0 0 -${scale} 0 ${point(height * POINTS_A_MILLIMETRE)} cm`
}

function formObject(
  writer: PdfWriter,
  number: number,
  { fonts, supplier }: { readonly fonts: string; readonly supplier: string },
): Buffer {
  const on = canvas()
  drawForm(on, supplier)
  const box = `/BBox[0 0 ${SLIP.width} ${SLIP.height}]`
  return writer.object(number, `/Type/XObject/Subtype/Form${box}/Resources<<${fonts}>>`, on.content())
}
