import { expect, test } from 'vitest'
import { pictureReader } from '../../src/channel/bill-picture.ts'
import { areaOf } from '../../src/channel/picture-area.ts'

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(64)
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

/** A PNG of Apple's: a chunk of eight bytes, chosen freely, before the header. */
const applePng = (width: number, height: number) => {
  const first = Buffer.from('89504e470d0a1a0a00000008436742490000000100000001deadbeef', 'hex')
  return Buffer.concat([first, png(width, height).subarray(8)])
}

/** SOI, an APP0 of 14 bytes, fill bytes, then the frame's header. */
const jpeg = (width: number, height: number, marker = 'c0') => {
  const bytes = Buffer.alloc(64)
  bytes.write(`ffd8ffe0000e${'00'.repeat(12)}ffff${marker}001108`, 'hex')
  bytes.writeUInt16BE(height, 24)
  bytes.writeUInt16BE(width, 26)
  return bytes
}

test.each<[string, Uint8Array, number | null]>([
  ['a PNG', png(800, 600), 480_000],
  ['a PNG beyond 31 bits', png(0xffff_ffff, 2), 8_589_934_590],
  ['a PNG with its header behind another chunk, whatever that one says', applePng(30_000, 30_000), null],
  ['a JPEG', jpeg(4000, 3000), 12_000_000],
  ['a progressive JPEG', jpeg(10, 20, 'c2'), 200],
  ['a JPEG whose tables look like a frame', jpeg(10, 20, 'c4'), null],
  ['a JPEG cut short', jpeg(10, 20).subarray(0, 24), null],
  ['a GIF', Buffer.from('GIF89a'.padEnd(64, ' ')), null],
  ['nothing', Buffer.alloc(0), null],
])('the pixels of %s', (_what, bytes, area) => expect(areaOf(bytes)).toBe(area))

test.each([
  ['40 million pixels are decoded', png(8_000, 5_000), 1],
  ['one row more is not', png(8_000, 5_001), 0],
  ['what is no picture is not', Buffer.alloc(64), 0],
])('%s', async (_what, bytes, decoded) => {
  let times = 0
  const read = pictureReader(
    {
      fetch: async () => new Response(new Uint8Array(bytes)),
      codesInPicture: async () => {
        times += 1
        return []
      },
    },
    { hosts: ['.viber.com'], apiUrl: 'https://chatapi.viber.com/pa' },
    { urlHosts: [], urlParameter: 'ls' },
  )
  await read({ url: 'https://dl-media.viber.com/1', caption: '' })
  expect(times).toBe(decoded)
})
