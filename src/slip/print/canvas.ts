import { point } from './pdf-writer.ts'
import { typeface, type Weight } from './typeface.ts'

/** How dark ink is: 1 is solid black (K100), 0 is paper. */
export type Ink = number

/** Where a text stands and how it looks; millimetres, `y` is its base line. */
export interface TextStyle {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight?: Weight
  readonly ink?: Ink
  /** `x` is its left end (as it is without this), its middle or its right end. */
  readonly align?: 'left' | 'middle' | 'right'
  /** A text that is wider is made smaller. */
  readonly widthMax?: number
  /** Added between letters, in ems. */
  readonly spacing?: number
}

/** Gathers what is drawn, in the slip's own millimetres, as a page's content. */
export interface Canvas {
  /** A filled rectangle. */
  fill(x: number, y: number, width: number, height: number, ink?: Ink): void
  /** The outline of one; `line` is its width, half of it outside. */
  outline(x: number, y: number, width: number, height: number, pen: { readonly line: number; readonly ink: Ink }): void
  text(text: string, style: TextStyle): void
  /** Operators as they are. */
  raw(operators: string): void
  content(): string
}

/** What each weight is called in a page's resources. */
export const FONT_NAMES: Readonly<Record<Weight, string>> = { regular: 'F1', bold: 'F2' }

/** An empty one. */
export function canvas(): Canvas {
  const parts: string[] = []
  return {
    fill(x, y, width, height, ink = 1) {
      parts.push(`${gray(ink)} g ${numbers(x, y, width, height)} re f`)
    },
    outline(x, y, width, height, { line, ink }) {
      parts.push(`${gray(ink)} G ${point(line)} w ${numbers(x, y, width, height)} re S`)
    },
    text(text, style) {
      parts.push(textOperators(text, style))
    },
    raw: (operators) => void parts.push(operators),
    content: () => parts.join('\n'),
  }
}

function textOperators(text: string, style: TextStyle): string {
  const { x, y, weight = 'regular', ink = 1, align = 'left', widthMax = Number.POSITIVE_INFINITY, spacing = 0 } = style
  const face = typeface(weight)
  const ems = face.widthOf(text) + spacing * ([...text].length - 1)
  const size = Math.min(style.size, widthMax / ems)
  const left = x - ems * size * { left: 0, middle: 0.5, right: 1 }[align]
  // Millimetres grow downwards here, so letters are turned over once more.
  const place = `1 0 0 -1 ${numbers(left, y)} Tm`
  const gap = `${point(spacing * size)} Tc`
  return `BT ${gray(ink)} g /${FONT_NAMES[weight]} ${point(size)} Tf ${gap} ${place} ${face.encoded(text)} Tj ET`
}

function numbers(...values: readonly number[]): string {
  return values.map(point).join(' ')
}

function gray(ink: Ink): string {
  return point(1 - ink)
}
