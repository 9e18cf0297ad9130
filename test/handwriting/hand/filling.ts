/** A printed slip filled in by hand, with its truth. */
import { QR } from '../../../src/slip/print/form-r1.ts'
import type { TrueSlip } from '../truth.ts'
import type { Chance } from './chance.ts'
import { type Customer, isPlausible, withAbsurd } from './customers.ts'
import type { Digits } from './digits.ts'
import { anyHand, type Hand, writerOf } from './hand.ts'
import { drawLine, type Layer, noInk, type Spot } from './ink.ts'
import type { Mistake } from './mistakes.ts'
import { type Pen, writeRow } from './rows.ts'

/** A slip before it is scanned. */
export interface FilledSlip {
  readonly truth: Omit<TrueSlip, 'file' | 'page'>
  readonly printed: Layer
  readonly ink: Layer
  readonly hand: Hand
}

/** What it is filled in with. */
export interface Filling {
  readonly id: string
  readonly mistake: Mistake | null
  readonly digits: Digits
  readonly chance: Chance
}

/** Fills in one slip. */
export function fillSlip(printed: Layer, customer: Customer, { id, mistake, digits, chance }: Filling): FilledSlip {
  const target = chance.whole(0, customer.registers.length)
  const meant = mistake === 'implausible' ? withAbsurd(customer, target, chance) : customer
  const ink = noInk(printed)
  const hand = anyHand(chance)
  const pen = { layer: ink, writer: writerOf(hand, digits, chance), chance }
  const rows = meant.registers.map((register, row) => {
    const wrong = mistake === 'all-blank' || row === target ? mistake : null
    return writeRow({ value: register.value, whole: register.int, row, wrong }, pen, (value) =>
      isPlausible(value, register, meant.service),
    )
  })
  writeFoot(pen)
  const isSpilt = mistake === 'qr-unreadable'
  if (!isSpilt && chance.yes(0.05)) strikeCode(pen)
  const reasons = rows.flatMap(({ reasons }) => reasons)
  if (isSpilt) reasons.push('qr-unreadable')
  const review = reasons.some((reason) => reason !== 'ambiguous')
  const registers = meant.registers.map(({ name, value }, row) => ({
    name,
    value,
    read: rows[row]?.isLegible === true ? value : null,
  }))
  const expect = review ? 'review' : reasons.length > 0 ? 'ambiguous' : 'readable'
  const { account, meter } = meant
  const truth = { id, account, meter, registers, expect, reasons, qrReadable: !isSpilt } as const
  return { truth, printed: isSpilt ? spilt(printed, chance) : printed, ink, hand }
}

/** Date and signature, where people trouble to. */
function writeFoot({ layer, writer, chance }: Pen): void {
  if (chance.yes(0.7)) {
    let x = 55
    const spots = Array.from({ length: chance.whole(8, 18) }, (): Spot => {
      x += chance.uniform(0.3, 2.2)
      return [x, 94 + chance.normal(0, 1.3)]
    })
    drawLine(layer, spots, writer.hand.pen)
  }
  if (!chance.yes(0.5)) return
  const date = `${String(chance.whole(18, 26))}11`
  for (const [k, sign] of [...date].entries())
    writer.write(
      layer,
      Number(sign),
      { x: 23 + 3.2 * k + (k > 1 ? 1.2 : 0), y: 94, height: 3.2, widthMax: 3 },
      { pen: Math.min(writer.hand.pen, 0.45) },
    )
}

/** A pen tried out across the code: what is left of it is enough. */
function strikeCode({ layer, chance, writer }: Pen): void {
  drawLine(
    layer,
    [
      [QR.x + chance.uniform(-2, 2), QR.y + chance.uniform(0, QR.size)],
      [QR.x + QR.size + 2, QR.y + chance.uniform(0, QR.size)],
    ],
    writer.hand.pen,
  )
}

/** Something black was spilt on the code: two finders and a third of it are gone. */
function spilt(printed: Layer, chance: Chance): Layer {
  const stain = noInk(printed)
  for (const [x, y] of [
    [3, 3],
    [27, 3],
    [15, 16],
    [9, 22],
  ] as const) {
    const spots = Array.from(
      { length: 50 },
      (): Spot => [QR.x + x + chance.normal(0, 2.6), QR.y + y + chance.normal(0, 2.6)],
    )
    drawLine(stain, spots, 1.6)
  }
  return { ...printed, data: printed.data.map((level, at) => Math.min(level, 255 - (stain.data[at] ?? 0))) }
}
