import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Chance } from './chance.ts'
import { type Strokes, strokesOf } from './strokes.ts'

const FOLDER = fileURLToPath(new URL('../../fixtures/slips', import.meta.url))

/** What stands in `mnist-test.json` beside the sheet of digits; places count along the sheet's rows. */
interface Sheet {
  readonly side: number
  readonly across: number
  /** Digits of each class, 0 first; they stand in that order. */
  readonly counts: readonly number[]
  readonly broken: readonly number[]
  readonly ambiguous: readonly { readonly at: number; readonly digit: number; readonly looksLike: number }[]
}

/** A digit that somebody wrote. */
export interface WrittenDigit {
  /** Its place on the sheet. */
  readonly at: number
  readonly strokes: Strokes
  /** The digit that people may take it for; null: it is what it is. */
  readonly looksLike: number | null
}

/** The 10,000 digits of MNIST's test set; each is given once before any comes again. */
export interface Digits {
  take(digit: number): WrittenDigit
  /** How many are never given, because they are broken: dirt beside them, or strokes too faint. */
  readonly leftOut: number
}

/** Opens them, in an order of chance. */
export async function openDigits(chance: Chance): Promise<Digits> {
  const { side, across, counts, broken, ambiguous } = JSON.parse(
    readFileSync(`${FOLDER}/mnist-test.json`, 'utf8'),
  ) as Sheet
  const sheet = await sharp(`${FOLDER}/mnist-test.png`).greyscale().toColourspace('b-w').raw().toBuffer()
  const looks = new Map(ambiguous.map((one) => [one.at, one.looksLike]))
  const ofDigit = counts.map((count, digit) => {
    const first = counts.slice(0, digit).reduce((sum, one) => sum + one, 0)
    const places = Array.from({ length: count }, (_, at) => first + at)
    return places.filter((at) => !broken.includes(at))
  })
  const waiting: number[][] = ofDigit.map(() => [])
  return {
    leftOut: broken.length,
    take(digit) {
      if (waiting[digit]?.length === 0) waiting[digit] = chance.shuffled(ofDigit[digit] ?? [])
      const at = waiting[digit]?.pop()
      if (at === undefined) throw new Error(`there is no digit ${digit}`)
      const pixels = new Uint8Array(side * side)
      const corner = Math.floor(at / across) * side * across * side + (at % across) * side
      for (let y = 0; y < side; y++) {
        const from = corner + y * across * side
        pixels.set(sheet.subarray(from, from + side), y * side)
      }
      return { at, strokes: strokesOf(pixels, digit), looksLike: looks.get(at) ?? null }
    },
  }
}
