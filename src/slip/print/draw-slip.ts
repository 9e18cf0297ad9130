import { checkDigits } from '../../core/check-digits.ts'
import type { Service } from '../../core/facts.ts'
import { monthOf } from '../../core/period.ts'
import type { PrintedRow, PrintedSlip } from '../../core/printed-slip.ts'
import { ru } from '../../dialog/messages.ru.ts'
import type { Canvas } from './canvas.ts'
import { BOX, boxLeft, COMMA_GAP, HOLE_SIZE, MARK_SIZE, MARKS, QR, ROW_TOPS } from './form-r1.ts'
import { codeModules, slipPayload } from './payload.ts'
import { point } from './pdf-writer.ts'

/** The texts' own column: right of the code, left of the mark. */
const LEFT = 48
const RIGHT = 135
const SECOND = 94
/** Half black: visible to who writes, and pale enough to tell from any pen. */
const BOX_INK = 0.5
const SOFT = 0.65

const SERVICES: Readonly<Record<Service, { readonly name: string; readonly unit: string }>> = {
  ELECTRICITY: { name: 'Электроэнергия', unit: 'кВт·ч' },
  COLD_WATER: { name: 'Холодная вода', unit: 'м³' },
  HOT_WATER: { name: 'Горячая вода', unit: 'м³' },
  HEAT: { name: 'Тепловая энергия', unit: 'Гкал' },
  GAS: { name: 'Газ', unit: 'м³' },
}

/** What all slips of a document have in common; drawn once, and shown on each. */
export function drawForm(on: Canvas, supplier: string): void {
  for (const { x, y } of MARKS) square(on, x, y, MARK_SIZE, 1)
  square(on, MARKS[0].x, MARKS[0].y, HOLE_SIZE, 0)
  on.text(supplier, { x: LEFT, y: 9.1, size: 3, weight: 'bold', ink: SOFT, spacing: 0.06, widthMax: 66 })
  on.text('форма R1', { x: RIGHT, y: 9.1, size: 2.5, ink: SOFT, align: 'right' })
  on.fill(LEFT, 11, RIGHT - LEFT, 0.2, SOFT)
  on.text('Показания счётчика', { x: LEFT, y: 17.2, size: 6, weight: 'bold' })
  on.text('Лицевой счёт', { x: LEFT, y: 23.4, size: 2.6, ink: SOFT })
  on.text('Счётчик №', { x: SECOND, y: 23.4, size: 2.6, ink: SOFT })
  on.text('Адрес', { x: LEFT, y: 35, size: 2.6, ink: SOFT })
  on.fill(LEFT + 8.5, 35.2, RIGHT - LEFT - 8.5, 0.15, SOFT)
  drawInstruction(on)
  drawFoot(on)
}

function drawInstruction(on: Canvas): void {
  const style = { x: LEFT, size: 3 }
  on.text('Пишите чёрной или синей ручкой, по одной цифре в клетке,', { ...style, y: 41 })
  on.text('не касаясь рамки; пустые клетки слева не заполняйте.', { ...style, y: 44.8 })
}

function drawFoot(on: Canvas): void {
  const y = 96
  on.text('Дата', { x: 14, y, size: 2.8, ink: SOFT })
  on.fill(20.5, y + 0.2, 19, 0.15, SOFT)
  on.text('Подпись', { x: 42, y, size: 2.8, ink: SOFT })
  on.fill(53.5, y + 0.2, 26, 0.15, SOFT)
  on.text('Образец цифр', { x: 84, y, size: 2.8, ink: SOFT })
  for (let digit = 0; digit < 10; digit++)
    on.text(String(digit), { x: 104 + digit * 3.2, y, size: 3.8, align: 'middle' })
}

/** What differs from slip to slip. */
export function drawSlip(on: Canvas, slip: PrintedSlip, supplier: string): void {
  const { account, meter, service, period, rows } = slip
  drawCode(on, slipPayload(slip, supplier))
  const month = ru.months[monthOf(period) - 1] ?? ''
  on.text(SERVICES[service].name, { x: RIGHT, y: 14.8, size: 2.9, align: 'right' })
  on.text(`за ${month} ${period.slice(0, 4)} г.`, { x: RIGHT, y: 18.2, size: 2.9, align: 'right' })
  const value = { y: 28.4, size: 4.6, weight: 'bold' } as const
  on.text(`${account}-${checkDigits(account, meter)}`, { ...value, x: LEFT, widthMax: SECOND - LEFT - 3 })
  on.text(meter, { ...value, x: SECOND, widthMax: RIGHT - SECOND })
  for (const [at, row] of rows.entries())
    drawRow(on, row, { top: ROW_TOPS[at] ?? 0, service, alone: rows.length === 1 })
}

interface RowPlace {
  readonly top: number
  readonly service: Service
  /** The meter's only register. */
  readonly alone: boolean
}

function drawRow(on: Canvas, { register, zone, whole, decimals }: PrintedRow, { top, service, alone }: RowPlace): void {
  const of = ru.zones[zone] === '' ? '' : ` (${ru.zones[zone]})`
  // A Cyrillic Т, as in the texts around it.
  const label = alone ? 'Показание' : `${register.replace('T', 'Т')}${of}`
  on.text(label, { x: 13, y: top + 4.6, size: 3.9, weight: 'bold', widthMax: 22 })
  on.text(SERVICES[service].unit, { x: 13, y: top + 8.6, size: 3, ink: SOFT })
  for (let index = 0; index < whole + decimals; index++)
    on.outline(boxLeft(index, whole), top, BOX.width, BOX.height, { line: BOX.line, ink: BOX_INK })
  if (decimals === 0) return
  const gapMiddle = (boxLeft(whole - 1, whole) + BOX.width + boxLeft(whole, whole)) / 2
  on.text(',', { x: gapMiddle, y: top + BOX.height - 1.2, size: COMMA_GAP * 2.6, weight: 'bold', align: 'middle' })
}

/** In units of a module, as one path: edges between modules then leave no hair lines. */
function drawCode(on: Canvas, payload: string): void {
  const modules = codeModules(payload)
  const scale = (QR.size / modules.length).toFixed(6)
  const runs = modules.flatMap((row, y) => runsOf(row).map(([from, length]) => `${from} ${y} ${length} 1 re`))
  on.raw(`q ${scale} 0 0 ${scale} ${point(QR.x)} ${point(QR.y)} cm 0 g ${runs.join(' ')} f Q`)
}

/** Runs of dark modules, each with its first module and its length. */
function runsOf(row: readonly boolean[]): readonly (readonly [from: number, length: number])[] {
  const runs: [from: number, length: number][] = []
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1)
    if (!dark) continue
    if (last !== undefined && last[0] + last[1] === x) last[1]++
    else runs.push([x, 1])
  }
  return runs
}

function square(on: Canvas, x: number, y: number, size: number, ink: number): void {
  on.fill(x - size / 2, y - size / 2, size, size, ink)
}
