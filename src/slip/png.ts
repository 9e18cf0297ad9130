import { crc32, deflateSync } from 'node:zlib'
import type { Raster } from './read/raster.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** 8 bits of grey, deflated, each line as it is, not interlaced. */
const GREY = Buffer.from([8, 0, 0, 0, 0])
const LEVEL = 4

/**
 * Grey levels as a PNG (ISO/IEC 15948), packed in this very thread: a library's own threads would stand beside those who
 * answer somebody, and not behind them.
 */
export function pngOf({ width, height, data }: Raster): Buffer {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  // Before each line stands how it was filtered: not at all.
  const lines = Buffer.alloc(height * (width + 1))
  for (let line = 0; line < height; line++)
    lines.set(data.subarray(line * width, (line + 1) * width), line * (width + 1) + 1)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, GREY])),
    chunk('IDAT', deflateSync(lines, { level: LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(content.length)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
