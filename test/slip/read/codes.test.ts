import { beforeAll, expect, test } from 'vitest'
import { QR } from '../../../src/slip/print/form-r1.ts'
import { codeModules } from '../../../src/slip/print/payload.ts'
import { openDecoder } from '../../../src/slip/qr-picture.ts'
import { codeUnder, slipCodesOn } from '../../../src/slip/read/codes.ts'
import type { Placement } from '../../../src/slip/read/geometry.ts'
import type { Raster } from '../../../src/slip/read/raster.ts'

const SYMBOL = codeModules(
  'ST00012|Name=ЭНЕРГОСБЫТ|PersAcc=5012345678|CounterId=011234567890|PaymPeriod=112025|TechCode=02|Form=R1|Regs=60,51|Chk=88',
)
/** Pixels per mm: 200 dpi. */
const SCALE = 8
const PLACED: Placement = { a: SCALE, b: 0, c: 0, d: 0, e: SCALE, f: 0, g: 0, h: 0 }
const SIDE = (QR.x + QR.size + 8) * SCALE

/** A slip's code on an upright page, with a round stain whose middle and radius are in modules of it. */
function stained({ x, y }: { readonly x: number; readonly y: number }, radius: number): Raster {
  const module = (QR.size * SCALE) / SYMBOL.length
  const moduleAt = (pixel: number, corner: number): number => (pixel + 0.5 - corner * SCALE) / module
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [column, line] = [moduleAt(k % SIDE, QR.x), moduleAt(Math.floor(k / SIDE), QR.y)]
    const isPrinted = SYMBOL[Math.floor(line)]?.[Math.floor(column)] === true
    return isPrinted || Math.hypot(column - x, line - y) < radius ? 20 : 240
  })
  return { width: SIDE, height: SIDE, data }
}

beforeAll(openDecoder)

test.each([
  ['upper left', { x: 3.5, y: 3.5 }],
  ['upper right', { x: SYMBOL.length - 3.5, y: 3.5 }],
  ['lower left', { x: 3.5, y: SYMBOL.length - 3.5 }],
])(
  'a code with a stain all over its %s finder pattern is read where the marks say that it stands',
  async (_, middle) => {
    const page = stained(middle, 5)
    expect(await slipCodesOn(page)).toEqual([])
    expect((await codeUnder(page, PLACED))?.identity).toMatchObject({ account: '5012345678', meter: '011234567890' })
  },
)
