import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { BoxSeen } from '../../src/core/slip.ts'
import { contactSheet, sheetsOf } from '../../src/slip/contact-sheet.ts'
import type { TakenSlip } from '../../src/slip/take.ts'

const nothing: BoxSeen = { digits: Array<number>(10).fill(0), empty: 0, dash: 0, junk: 0 }
const plain: BoxSeen = { ...nothing, digits: nothing.digits.with(4, 0.999) }
const empty: BoxSeen = { ...nothing, empty: 0.6, dash: 0.39 }
const doubted: BoxSeen = { ...nothing, digits: nothing.digits.with(1, 0.6).with(7, 0.39) }

/** How many pixels of the sheet have the colour of what a person has to look at, inside the frame. */
async function marked(boxes: readonly BoxSeen[], sure: boolean): Promise<number> {
  const white = { width: 444, height: 315, channels: 3, background: 'white' } as const
  const picture = await sharp({ create: white }).png().toBuffer()
  const at = { x: 0, y: 0 }
  const row = { register: 'T1', whole: 3, decimals: 0, boxes, strayInk: false }
  const place = { scan: 'a', page: 0, position: 1 }
  const taken: TakenSlip = {
    place,
    slip: { seen: { identity: null, rows: [row] }, position: 1, corners: [at, at, at, at], paper: '', picture },
    submissionId: 'the-slip',
    outcome: { kind: 'held', code: 'UNREADABLE' },
    record: {
      ...{
        submissionId: 'the-slip',
        deliveryId: 'paper',
        identity: '',
        place,
        paper: '',
        receivedAt: '',
        review: 'held',
      },
      registers: [{ register: 'T1', value: null, confidence: 0.5, sure }],
    },
    again: null,
  }
  const inside = { left: 20, top: 20, width: 400, height: 280 }
  const pixels = await sharp(await contactSheet([taken]))
    .extract(inside)
    .removeAlpha()
    .raw()
    .toBuffer()
  let count = 0
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] === 0xc7 && pixels[i + 1] === 0x77) count++
  return count
}

test('the boxes of a row that is not surely read are outlined thickly where something in them is not plain', async () => {
  const thin = await marked([empty, plain, plain], false)
  expect(await marked([empty, plain, doubted], false)).toBeGreaterThan(1.5 * thin)
  expect(await marked([empty, plain, doubted], true)).toBe(0)
})

test.each([
  [0, [0]],
  [300, [300]],
  [301, [300, 1]],
  [400, [300, 100]],
])('%i slips are all on sheets', (count, sizes) => {
  const slips = Array.from({ length: count }, (_, at) => at)
  expect(sheetsOf(slips).map(({ length }) => length)).toEqual(sizes)
  expect(sheetsOf(slips).flat()).toEqual(slips)
})
