import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Chance } from './chance.ts'
import { type Strokes, strokesOf } from './strokes.ts'

const FOLDER = fileURLToPath(new URL('../../fixtures/slips', import.meta.url))

/** What stands in `mnist-test.json` beside the sheet of digits; places count along the sheet's rows. */
interface Told {
  readonly side: number
  readonly across: number
  /** Digits of each class, 0 first; they stand in that order. */
  readonly counts: readonly number[]
  readonly broken: readonly number[]
  readonly ambiguous: readonly { readonly at: number; readonly digit: number; readonly looksLike: number }[]
  /** What their centre line alone shows is another digit. */
  readonly lostThin: readonly number[]
}

/** The 10,000 digits, and what each is. */
export async function openSheet() {
  const told = JSON.parse(readFileSync(`${FOLDER}/mnist-test.json`, 'utf8')) as Told
  const { side, across, counts } = told
  const sheet = await sharp(`${FOLDER}/mnist-test.png`).greyscale().toColourspace('b-w').raw().toBuffer()
  const pixelsAt = (at: number): Uint8Array => {
    const pixels = new Uint8Array(side * side)
    const corner = Math.floor(at / across) * side * across * side + (at % across) * side
    for (let y = 0; y < side; y++) {
      const from = corner + y * across * side
      pixels.set(sheet.subarray(from, from + side), y * side)
    }
    return pixels
  }
  return { told, digits: counts.flatMap((count, digit) => Array<number>(count).fill(digit)), pixelsAt }
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
  const { told, digits, pixelsAt } = await openSheet()
  const looks = new Map(told.ambiguous.map((one) => [one.at, one.looksLike]))
  const [broken, lostThin] = [new Set(told.broken), new Set(told.lostThin)]
  const ofDigit: number[][] = told.counts.map(() => [])
  for (const [at, digit] of digits.entries()) if (!broken.has(at)) ofDigit[digit]?.push(at)
  const waiting: number[][] = ofDigit.map(() => [])
  return {
    leftOut: broken.size,
    take(digit) {
      if (waiting[digit]?.length === 0) waiting[digit] = chance.shuffled(ofDigit[digit] ?? [])
      const at = waiting[digit]?.pop()
      if (at === undefined) throw new Error(`there is no digit ${digit}`)
      const strokes = strokesOf(pixelsAt(at), digit)
      const keepsForm = strokes.keepsForm && !lostThin.has(at)
      return { at, strokes: { ...strokes, keepsForm }, looksLike: looks.get(at) ?? null }
    },
  }
}
