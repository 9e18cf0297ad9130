import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { inflating } from './picture-bombs.ts'

/** A PDF of one page of A4 with these contents; `more` are objects from 5 on, of which 5 is the page's `/I`. */
function pdf(contents: Buffer, filter = '', more: readonly Buffer[] = []): Buffer {
  return Buffer.concat([
    Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
    ),
    Buffer.from('3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R'),
    Buffer.from('/Resources<</XObject<</I 5 0 R>>>>>>endobj\n'),
    stream(4, filter, contents),
    ...more,
    Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n'),
  ])
}

function stream(number: number, dictionary: string, bytes: Buffer): Buffer {
  const head = `${number} 0 obj<<${dictionary}/Length ${bytes.length}>>stream\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream endobj\n')])
}

/** 300 MB of blanks in a kilobyte: more than a page may take. */
export function memoryBomb(): Buffer {
  const once = deflateSync(Buffer.alloc(300_000_000, 32))
  return pdf(deflateSync(once), '/Filter[/FlateDecode/FlateDecode]')
}

/** Lines of a million dashes each: some bytes that take minutes to draw. */
export function timeBomb(): Buffer {
  return pdf(Buffer.from('[0.0001 0.0001] 0 d 0 0 m 600 800 l S '.repeat(1_000)))
}

const draw = Buffer.from('q 595 0 0 842 0 0 cm /I Do Q')

/** Ten forms, each drawn ten times by the one before. */
function laughs(): Buffer {
  const resources = (next: number) => `/Resources<</XObject<</I ${next} 0 R>>>>`
  const form = (number: number) =>
    stream(
      number,
      `/Type/XObject/Subtype/Form/BBox[0 0 595 842]${resources(number + 1)}`,
      Buffer.from('/I Do '.repeat(10)),
    )
  return pdf(draw, '', [
    ...Array.from({ length: 9 }, (_, at) => form(5 + at)),
    stream(14, '', Buffer.from('0 0 9 9 re f')),
  ])
}

/** A picture that claims 900 million pixels. */
function hugePicture(): Buffer {
  const size = '/Width 30000/Height 30000/ColorSpace/DeviceRGB/BitsPerComponent 8'
  const white = deflateSync(Buffer.alloc(1_000_000, 255))
  return pdf(draw, '', [stream(5, `/Type/XObject/Subtype/Image${size}/Filter/FlateDecode`, white)])
}

const bare = (contents: string): Buffer => Buffer.from(`%PDF-1.4\n${contents}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
const tree = '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj'

/** Small files that claim or become huge; none takes its thread with it. */
export async function bombs(): Promise<readonly Buffer[]> {
  const side = 20_000
  const black = { width: side, height: side, channels: 1 as const }
  return [
    inflating(side * (side + 1), side),
    await sharp(Buffer.alloc(side * side), { raw: black, limitInputPixels: false })
      .tiff({ compression: 'deflate' })
      .toBuffer(),
    memoryBomb(),
    laughs(),
    hugePicture(),
    pdf(Buffer.from('['.repeat(1_000_000))),
    bare(`1 0 obj${'<</A'.repeat(1_000_000)}endobj`),
    bare(`${tree} 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]>>endobj`),
    bare(`${tree} 3 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 99999999>>endobj`),
    Buffer.alloc(0),
  ]
}
