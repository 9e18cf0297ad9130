/** Slips printed by the gateway's own command, as they come out of a printer. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPdfium } from '../../../src/slip/pdfium.ts'
import { SLIP } from '../../../src/slip/print/form-r1.ts'
import { LAYOUTS } from '../../../src/slip/print/sheet.ts'
import { scanSource } from '../../../src/slip/scan-source.ts'
import type { SlipDesk } from '../../slip-desk/desk.ts'
import { type Layer, SCALE } from './ink.ts'

const PERIOD = '2026-11'

/** A slip for each account, in their order: printed four on a sheet of A4, drawn as its pixels and cut apart. */
export async function* printedSlips(desk: SlipDesk, accounts: readonly string[]): AsyncGenerator<Layer> {
  writeFileSync(join(desk.dir, 'accounts.txt'), `${accounts.join('\n')}\n`)
  const words = ['--accounts', 'accounts.txt', '--period', PERIOD, '--layout', 'a4', '--out', 'slips.pdf']
  const { status, complaints } = await desk.run('slips', 'print', ...words)
  if (status !== 0) throw new Error(complaints.join('\n'))
  const pdfium = await openPdfium()
  const document = await pdfium.open(scanSource(readFileSync(join(desk.dir, 'slips.pdf'))))
  try {
    const { width, height, places } = LAYOUTS.a4
    const size = { width: Math.round(width * SCALE), height: Math.round(height * SCALE) }
    let sheet: Layer = { width: 0, height: 0, data: new Uint8Array() }
    for (let at = 0; at < accounts.length; at++) {
      const place = places[at % places.length] ?? [0, 0]
      if (at % places.length === 0) {
        const page = document.getPage(at / places.length)
        sheet = await page.render({ ...size, scale: 1, colorSpace: 'Gray', render: 'bitmap' })
      }
      yield cut(sheet, place)
    }
  } finally {
    pdfium.close(document)
  }
}

function cut({ width, data }: Layer, [x, y]: readonly [number, number]): Layer {
  const [left, top] = [Math.round(x * SCALE), Math.round(y * SCALE)]
  const slip = { width: Math.floor(SLIP.width * SCALE), height: Math.floor(SLIP.height * SCALE) }
  const cutOut = new Uint8Array(slip.width * slip.height)
  for (let row = 0; row < slip.height; row++) {
    const from = (top + row) * width + left
    cutOut.set(data.subarray(from, from + slip.width), row * slip.width)
  }
  return { ...slip, data: cutOut }
}
