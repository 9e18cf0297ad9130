import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'
import type { PdfWriter } from './pdf-writer.ts'

/** PT Sans: made for Russian forms and signs, under the Open Font License, which allows to embed it. */
const FILES = {
  regular: '@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf',
  bold: '@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf',
} as const

/** All that is ever printed on a slip; other characters of a supplier's name or a serial show as an empty frame. */
const CHARACTERS = [...characters(0x20, 0x7e), ...characters(0x410, 0x44f), ...'ЁёІіЎў«»„“–—·№³…×']

/** The weights that slips are printed in. */
export type Weight = keyof typeof FILES

/** One weight of the typeface with the characters that slips need. */
export interface Typeface {
  /** Width of a text in ems. */
  widthOf(text: string): number
  /** A text as the operand of `Tj`. */
  encoded(text: string): string
  /** Its objects, of which `number` is the font. */
  objects(number: number, writer: PdfWriter): Buffer
}

const made = new Map<Weight, Typeface>()

/** A weight of the typeface: read and cut down once, at its first use. */
export function typeface(weight: Weight): Typeface {
  const known = made.get(weight) ?? readTypeface(FILES[weight])
  made.set(weight, known)
  return known
}

interface Glyph {
  /** Its place in the font that is embedded. */
  readonly index: number
  /** In thousandths of an em, as PDF counts. */
  readonly width: number
}

function readTypeface(file: string): Typeface {
  const font = create(readFileSync(new URL(import.meta.resolve(file)))) as Font
  const subset = font.createSubset()
  const perMille = 1_000 / font.unitsPerEm
  const glyphs = new Map<string, Glyph>()
  for (const character of CHARACTERS) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0)
    // Its declarations say otherwise, but it returns the place.
    const index = subset.includeGlyph(glyph) as unknown as number
    glyphs.set(character, { index, width: glyph.advanceWidth * perMille })
  }
  const bytes = subset.encode()
  const missing: Glyph = { index: 0, width: font.getGlyph(0).advanceWidth * perMille }
  const glyphOf = (character: string): Glyph => glyphs.get(character) ?? missing
  return {
    widthOf: (text) => [...text].reduce((width, character) => width + glyphOf(character).width, 0) / 1_000,
    encoded: (text) => `<${[...text].map((character) => hex(glyphOf(character).index)).join('')}>`,
    objects: (number, writer) => fontObjects(number, writer, { font, bytes, glyphs }),
  }
}

interface Embedded {
  readonly font: Font
  readonly bytes: Uint8Array
  readonly glyphs: ReadonlyMap<string, Glyph>
}

function fontObjects(number: number, writer: PdfWriter, { font, bytes, glyphs }: Embedded): Buffer {
  const [descendant, descriptor, file, unicode] = [
    writer.reserve(),
    writer.reserve(),
    writer.reserve(),
    writer.reserve(),
  ]
  // Six letters before the name say that the font is a part of itself.
  const name = `/SLIPRI+${font.postscriptName}`
  const widths = [...glyphs.values()].map(({ index, width }) => `${index}[${Math.round(width)}]`).join('')
  const system = '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>'
  const type = `/Type/Font/Subtype/CIDFontType2/BaseFont${name}${system}/CIDToGIDMap/Identity`
  return Buffer.concat([
    writer.object(
      number,
      `/Type/Font/Subtype/Type0/BaseFont${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R`,
    ),
    writer.object(descendant, `${type}/FontDescriptor ${descriptor} 0 R/W[${widths}]`),
    writer.object(descriptor, `/Type/FontDescriptor/FontName${name}${metrics(font)}/FontFile2 ${file} 0 R`),
    writer.object(file, `/Length1 ${bytes.length}`, bytes),
    writer.object(unicode, '', unicodeMap(glyphs)),
  ])
}

function metrics({ unitsPerEm, bbox, ascent, descent, capHeight }: Font): string {
  const scaled = (value: number): number => Math.round((value * 1_000) / unitsPerEm)
  const box = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(scaled).join(' ')
  return `/Flags 4/FontBBox[${box}]/ItalicAngle 0/Ascent ${scaled(ascent)}/Descent ${scaled(descent)}/CapHeight ${scaled(capHeight)}/StemV 80`
}

/** So that a text can be searched and copied. */
function unicodeMap(glyphs: ReadonlyMap<string, Glyph>): string {
  const lines = [...glyphs].map(([character, { index }]) => `<${hex(index)}> <${hex(character.codePointAt(0) ?? 0)}>`)
  // A block of the map may hold 100 lines.
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => lines.slice(at * 100, at * 100 + 100))
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def
/CMapName /Slip def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`).join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end`
}

function hex(number: number): string {
  return number.toString(16).padStart(4, '0')
}

function characters(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))
}
