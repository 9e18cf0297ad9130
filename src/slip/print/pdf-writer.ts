import { deflateSync } from 'node:zlib'

/**
 * Writes a PDF from its first byte to its last: what is written is forgotten, but for 8 bytes an object and a number for
 * each page. A library that lays out text would keep every page until the end.
 */
export interface PdfWriter {
  /** The file's first bytes. */
  head(): Buffer
  /** The number of an object that is written later. */
  reserve(): number
  /** An object, with or without a stream, which is compressed. */
  object(number: number, dictionary: string, stream?: string | Uint8Array): Buffer
  /** A page of that size in points. `resources`: a dictionary. */
  page(page: PdfPage): Buffer
  /** Everything after the last page, in parts. */
  finish(about: PdfAbout): Generator<Buffer>
}

/** A page as it is written. */
export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly resources: string
  readonly content: string
}

/** What the file says of itself. */
export interface PdfAbout {
  readonly title: string
  /** `ru-RU`. */
  readonly language: string
}

const CATALOG = 1
const PAGES = 2
/** Pages under one node of the tree, and entries of the table at its end that are written at once. */
const PAGES_A_NODE = 256
const ENTRIES_AT_ONCE = 4_096

/** Writes nothing by itself: each method returns the bytes that come next. */
export function pdfWriter(): PdfWriter {
  const offsets: number[] = [0, 0, 0]
  const nodes: number[] = []
  let leaf: { readonly number: number; readonly pages: number[] } | null = null
  let pages = 0
  let written = 0

  function reserve(): number {
    return offsets.push(0) - 1
  }
  function take(...parts: readonly (string | Uint8Array)[]): Buffer {
    const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
    written += bytes.length
    return bytes
  }
  function object(number: number, dictionary: string, stream?: string | Uint8Array): Buffer {
    offsets[number] = written
    if (stream === undefined) return take(`${number} 0 obj\n<<${dictionary}>>\nendobj\n`)
    const packed = deflateSync(stream)
    const head = `${number} 0 obj\n<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`
    return take(head, packed, '\nendstream\nendobj\n')
  }
  function closeLeaf(): Buffer {
    if (leaf === null) return take()
    const kids = leaf.pages.map((number) => `${number} 0 R`).join(' ')
    nodes.push(leaf.number)
    const done = object(leaf.number, `/Type/Pages/Parent ${PAGES} 0 R/Count ${leaf.pages.length}/Kids[${kids}]`)
    leaf = null
    return done
  }
  function page({ width, height, resources, content }: PdfPage): Buffer {
    leaf ??= { number: reserve(), pages: [] }
    const [number, contents] = [reserve(), reserve()]
    const box = `/MediaBox[0 0 ${point(width)} ${point(height)}]`
    const dictionary = `/Type/Page/Parent ${leaf.number} 0 R${box}/Resources<<${resources}>>/Contents ${contents} 0 R`
    leaf.pages.push(number)
    pages++
    const made = [object(number, dictionary), object(contents, '', content)]
    if (leaf.pages.length === PAGES_A_NODE) made.push(closeLeaf())
    return Buffer.concat(made)
  }
  function* finish({ title, language }: PdfAbout): Generator<Buffer> {
    yield closeLeaf()
    const kids = nodes.map((number) => `${number} 0 R`).join(' ')
    yield object(PAGES, `/Type/Pages/Count ${pages}/Kids[${kids}]`)
    // Whoever prints it at another size than its own makes a slip of another size.
    const wishes = '/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>'
    yield object(CATALOG, `/Type/Catalog/Pages ${PAGES} 0 R/Lang(${language})${wishes}`)
    const info = reserve()
    yield object(info, `/Title ${pdfText(title)}`)
    yield* crossReferences(offsets, written, take)
    yield take(
      `trailer\n<</Size ${offsets.length}/Root ${CATALOG} 0 R/Info ${info} 0 R>>\nstartxref\n${offsets[0]}\n%%EOF\n`,
    )
  }
  return { head: () => take('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n'), reserve, object, page, finish }
}

/** The table of all objects; keeps its own place in the entry that no object has. */
function* crossReferences(
  offsets: number[],
  at: number,
  take: (...parts: readonly string[]) => Buffer,
): Generator<Buffer> {
  offsets[0] = at
  yield take(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`)
  for (let from = 1; from < offsets.length; from += ENTRIES_AT_ONCE) {
    const entries = offsets.slice(from, from + ENTRIES_AT_ONCE)
    yield take(entries.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join(''))
  }
}

/** A text of a dictionary, in UTF-16. */
function pdfText(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
}

/** A number of a page's content: thousandths are finer than any printer. */
export function point(value: number): string {
  return String(Math.round(value * 1_000) / 1_000)
}
