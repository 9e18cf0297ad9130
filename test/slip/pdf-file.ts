/** A page of a scanned PDF. */
export interface JpegPage {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
  readonly dpi: number
  /** Colour space of the JPEG; RGB if left out. */
  readonly isGrey?: boolean
}

/** A PDF whose one page is a JPEG, as scanners write it. */
export function pdfOf(jpeg: Uint8Array, { width, height }: { width: number; height: number }, dpi: number): Buffer {
  return pdfOfPages([{ jpeg, width, height, dpi }])
}

/** A PDF of JPEG pages. */
export function pdfOfPages(pages: readonly JpegPage[]): Buffer {
  const kids = pages.map((_, at) => `${3 + 3 * at} 0 R`).join(' ')
  return assembled([
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`),
    ...pages.flatMap((page, at) => pageObjects(page, 3 + 3 * at)),
  ])
}

function pageObjects({ jpeg, width, height, dpi, isGrey = false }: JpegPage, first: number): Buffer[] {
  const [w, h] = [(width * 72) / dpi, (height * 72) / dpi]
  const space = isGrey ? 'DeviceGray' : 'DeviceRGB'
  return [
    Buffer.from(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]/Contents ${first + 1} 0 R/Resources<</XObject<</I ${first + 2} 0 R>>>>>>`,
    ),
    stream('', Buffer.from(`q ${w} 0 0 ${h} 0 0 cm /I Do Q`)),
    stream(
      `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent 8/Filter/DCTDecode`,
      jpeg,
    ),
  ]
}

function stream(entries: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`<<${entries}/Length ${bytes.length}>>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
}

function assembled(objects: readonly Uint8Array[]): Buffer {
  const parts = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [index, object] of objects.entries()) {
    offsets.push(length())
    parts.push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]))
  }
  const start = length()
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`))
  parts.push(Buffer.from(`trailer\n<</Root 1 0 R/Size ${objects.length + 1}>>\nstartxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}
