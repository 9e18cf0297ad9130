/** A row of boxes filled in by hand. */
import { BOX, boxLeft, ROW_TOPS } from '../../../src/slip/print/form-r1.ts'
import type { Chance } from './chance.ts'
import type { Stand, Writer } from './hand.ts'
import { drawLine, type Layer } from './ink.ts'
import type { Mistake } from './mistakes.ts'
import { SPOILINGS, spoil } from './spoiled.ts'

/** What is written with, and on what. */
export interface Pen {
  readonly layer: Layer
  readonly writer: Writer
  readonly chance: Chance
}

/** A row as it is to be written. */
export interface Row {
  /** `24056.913`. */
  readonly value: string
  readonly whole: number
  readonly row: number
  readonly wrong: Mistake | null
}

/** What came of it. */
export interface WrittenRow {
  readonly reasons: string[]
  /** Whether a reader may give a value at all. */
  readonly isLegible: boolean
}

/** Writes a row, one sign a box, with what is done wrong in it. */
export function writeRow(
  { value, whole, row, wrong }: Row,
  pen: Pen,
  isPlausibleValue: (value: string) => boolean,
): WrittenRow {
  const { chance, writer, layer } = pen
  const integer = value.split('.')[0] ?? ''
  const signs = [
    ...value.replace('.', '').padStart(whole + value.replace('.', '').length - integer.length, writer.hand.lead),
  ]
  const first = signs.length - value.replace('.', '').length
  const spoilt = SPOILINGS.find((kind) => kind === wrong) ?? null
  if (wrong === 'blank-row' || wrong === 'all-blank') return { reasons: ['blank'], isLegible: false }
  if (wrong === 'written-outside') {
    writeOutside(value, { whole, row }, pen)
    return { reasons: ['written-outside'], isLegible: false }
  }
  const at = spoilt === null ? -1 : chance.whole(first, signs.length)
  const gap = wrong === 'empty-box-inside' && signs.length - first > 1 ? chance.whole(first + 1, signs.length) : -1
  let isAmbiguous = false
  for (const [box, sign] of signs.entries()) {
    if (box === gap) continue
    const stand = standIn(box, { whole, row }, pen)
    if (box === at && spoilt !== null) spoil(layer, spoilt, { digit: Number(sign), stand, row }, { writer, chance })
    else {
      const looksLike = writeSign(sign, stand, pen)
      if (looksLike === null) continue
      const other = signs.with(box, String(looksLike)).join('').replace(/\D/g, '')
      isAmbiguous ||= isPlausibleValue(withComma(other, value))
    }
  }
  const reasons: string[] = spoilt !== null ? [spoilt] : gap >= 0 ? ['empty-box-inside'] : []
  if (!isPlausibleValue(value)) reasons.push('implausible')
  if (isAmbiguous) reasons.push('ambiguous')
  return { reasons, isLegible: spoilt === null && gap < 0 }
}

function withComma(digits: string, like: string): string {
  const decimals = like.split('.')[1]?.length ?? 0
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function standIn(
  box: number,
  { whole, row }: { whole: number; row: number },
  { writer: { hand }, chance }: Pen,
): Stand {
  return {
    x: boxLeft(box, whole) + BOX.width / 2 + hand.offset[0] + chance.normal(0, hand.jitter),
    y: (ROW_TOPS[row] ?? 0) + BOX.height / 2 + hand.offset[1] + chance.normal(0, hand.jitter),
    height: hand.height * chance.uniform(0.88, 1.1),
    widthMax: 8,
  }
}

/** What the digit may be taken for; null: nothing else, or no digit. */
function writeSign(sign: string, stand: Stand, { layer, writer, chance }: Pen): number | null {
  if (sign === ' ') return null
  if (sign !== '-') return writer.write(layer, Number(sign), stand).looksLike
  const half = chance.uniform(1.2, 2.6)
  const { x, y } = stand
  drawLine(
    layer,
    [
      [x - half, y + chance.normal(0, 0.3)],
      [x + half, y + chance.normal(0, 0.3)],
    ],
    writer.hand.pen,
  )
  return null
}

/** Above the boxes, below them, or behind the last. */
function writeOutside(
  value: string,
  { whole, row }: { whole: number; row: number },
  { layer, writer, chance }: Pen,
): void {
  const behind = boxLeft(whole, whole) + 2
  const fits = behind + 5.2 * value.length < 136
  const [left, lower] = chance.one([[44, -9.2], [44, 10.5], ...(fits ? [[behind, 0] as const] : [])] as const)
  const height = Math.min(writer.hand.height, 6) * 0.8
  const y = (ROW_TOPS[row] ?? 0) + BOX.height / 2 + lower
  for (const [k, sign] of [...value].entries()) {
    const x = left + 2 + 5.2 * k
    if (sign !== '.') writer.write(layer, Number(sign), { x, y, height, widthMax: 5 })
    else
      drawLine(
        layer,
        [
          [x, y + 2],
          [x - 0.6, y + 3.4],
        ],
        writer.hand.pen,
      )
  }
}
