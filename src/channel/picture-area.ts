/** Pixels of a PNG or a JPEG as its header says, before anything is decoded; null: it is neither, or broken. */
export function areaOf(picture: Uint8Array): number | null {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  if (bytes.length < 24) return null
  if (bytes.readUInt32BE(0) === PNG) return pngArea(bytes)
  return bytes.readUInt16BE(0) === JPEG ? jpegArea(bytes) : null
}

const PNG = 0x89504e47
const JPEG = 0xffd8
const IHDR = 0x49484452

/** The header comes first. Decoders skip Apple's `CgBI` before it; who believed what stands there instead would let in any size. */
function pngArea(bytes: Buffer): number | null {
  return bytes.readUInt32BE(12) === IHDR ? bytes.readUInt32BE(16) * bytes.readUInt32BE(20) : null
}

/** Goes from segment to segment to the frame's header (ITU-T T.81, B.2): markers C0 to CF but for C4, C8 and CC. */
function jpegArea(bytes: Buffer): number | null {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7)
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
