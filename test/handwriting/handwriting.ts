/**
 * Scans of slips filled in by hand: printed by the gateway, written with digits of MNIST's test set, worn and scanned, with
 * their truth. They are for judging only: no net is ever trained with them. To look at some, and to judge
 * the reader by itself: `node test/handwriting/handwriting.ts FOLDER SLIPS SEED`, then `node test/handwriting/evaluate.ts FOLDER`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSlipDesk, type SlipDesk } from '../slip-desk/desk.ts'
import { type Chance, chanceOf } from './hand/chance.ts'
import { type Customer, inventCustomers } from './hand/customers.ts'
import { type Digits, openDigits } from './hand/digits.ts'
import { type FilledSlip, fillSlip } from './hand/filling.ts'
import { anyMistake, type Mistake } from './hand/mistakes.ts'
import { printedSlips } from './hand/printing.ts'
import { anyFormat, isBilevel, type Place, type ScannedPage, writePages } from './hand/scan-files.ts'
import { laidOut } from './hand/sheet.ts'
import { anyWear, type Picture, type Setting, scanned } from './hand/wear.ts'
import type { TrueSlip } from './truth.ts'

/** What is written, and how. */
export interface ScanPlan {
  readonly seed: number
  /** So many slips, each of a customer of its own. */
  readonly slips: number
  /** The first slips get these mistakes, one each; the others get one as often as people make it. */
  readonly mistakes?: readonly Mistake[]
  /** One sheet in so many lies in the feeder twice, and one empty sheet comes with so many. */
  readonly twiceIn: number
  /** Scanners are set no finer; 300 dpi unless said. */
  readonly dpiMax?: number
}

/** Scans in a folder. */
export interface Handwriting {
  readonly folder: string
  /** A registry that knows their customers. */
  readonly desk: SlipDesk
  readonly customers: readonly Customer[]
  readonly slips: readonly TrueSlip[]
  /** In the order in which they are read. */
  readonly files: readonly string[]
  readonly pages: number
  /** Sheets that were scanned once more, and the slips on them. */
  readonly doubled: readonly (Place & { readonly ids: readonly string[] })[]
  /** Empty sheets. */
  readonly blank: readonly Place[]
  /** Digits of the test set that are never used, because they are broken. */
  readonly leftOut: number
}

const PAGES_A_FILE = 5

/** A sheet with its slips; none: an empty one. */
interface Sheet {
  readonly slips: readonly FilledSlip[]
  readonly isSecond: boolean
}

/** Opens a desk, and writes scans into a folder below it, or into another. */
export async function writeHandwriting(plan: ScanPlan, elsewhere?: string): Promise<Handwriting> {
  const chance = chanceOf(plan.seed)
  const customers = inventCustomers(plan.slips, chance)
  const desk = await openSlipDesk({}, customers)
  const folder = elsewhere ?? join(desk.dir, 'scans')
  mkdirSync(folder, { recursive: true })
  const digits = await openDigits(chance)
  const made = { slips: [] as TrueSlip[], files: [] as string[], doubled: [] as Handwriting['doubled'][number][] }
  const blank: Place[] = []
  let [batch, pages] = [0, 0]
  for await (const sheets of batchesOf(filledSlips(desk, customers, { plan, digits, chance }), plan, chance)) {
    const name = `h${String(batch++).padStart(4, '0')}`
    const places = await writeBatch(sheets, { folder, name, dpiMax: plan.dpiMax ?? 300 }, chance)
    for (const [at, { slips, isSecond }] of sheets.entries()) {
      const place = places[at] as Place
      pages++
      if (slips.length === 0) blank.push(place)
      else if (isSecond) made.doubled.push({ ...place, ids: slips.map(({ truth }) => truth.id) })
      else made.slips.push(...slips.map(({ truth }) => ({ ...truth, ...place })))
    }
    made.files.push(...new Set(places.map(({ file }) => file)))
  }
  return { folder, desk, customers, ...made, pages, blank, leftOut: digits.leftOut }
}

async function* filledSlips(
  desk: SlipDesk,
  customers: readonly Customer[],
  {
    plan: { mistakes = [] },
    digits,
    chance,
  }: { readonly plan: ScanPlan; readonly digits: Digits; readonly chance: Chance },
): AsyncGenerator<FilledSlip> {
  let at = 0
  const accounts = customers.map(({ account }) => account)
  for await (const printed of printedSlips(desk, accounts)) {
    const mistake = mistakes[at] ?? anyMistake(chance)
    const id = `h-${String(at + 1).padStart(4, '0')}`
    yield fillSlip(printed, customers[at] as Customer, { id, mistake, digits, chance })
    at++
  }
}

/** Slips on sheets, sheets in batches; the second scan of a sheet is in the batch of the first, or behind it. */
async function* batchesOf(
  slips: AsyncIterable<FilledSlip>,
  { twiceIn }: ScanPlan,
  chance: Chance,
): AsyncGenerator<readonly Sheet[]> {
  let [batch, count] = [[] as Sheet[], 0]
  for await (const sheet of sheetsOf(slips, chance)) {
    batch.push({ slips: sheet, isSecond: false })
    count++
    if (count % twiceIn === 0) batch.push({ slips: sheet, isSecond: true })
    if (count % twiceIn === twiceIn - 1) batch.push({ slips: [], isSecond: false })
    if (batch.length < PAGES_A_FILE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function* sheetsOf(slips: AsyncIterable<FilledSlip>, chance: Chance): AsyncGenerator<readonly FilledSlip[]> {
  const draw = (): number =>
    chance.weighted([
      [1, 0.45],
      [2, 0.25],
      [3, 0.15],
      [4, 0.15],
    ])
  let [sheet, wanted] = [[] as FilledSlip[], draw()]
  for await (const slip of slips) {
    sheet.push(slip)
    if (sheet.length < wanted) continue
    yield sheet
    ;[sheet, wanted] = [[], draw()]
  }
  if (sheet.length > 0) yield sheet
}

/** One batch is one scanner's, at one setting; the paper and the wear differ from page to page. */
async function writeBatch(
  sheets: readonly Sheet[],
  to: { readonly folder: string; readonly name: string; readonly dpiMax: number },
  chance: Chance,
): Promise<Place[]> {
  const format = anyFormat(chance)
  // Scanners for A3 are set to 200 dpi.
  const isLarge = sheets.some(({ slips }) => slips.length === 4)
  const drawn = chance.weighted([
    [150, 0.1],
    [200, 0.5],
    [isLarge ? 200 : 300, 0.4],
  ])
  const dpi = Math.min(drawn, to.dpiMax)
  const colour = isBilevel(format) ? 'bilevel' : chance.yes(format === 'tiff-jpeg' ? 1 : 0.3) ? 'colour' : 'grey'
  const pages: ScannedPage[] = []
  let wear = anyWear(chance)
  for (const sheet of sheets) {
    // A sheet that lies in the feeder twice is as worn the second time.
    if (!sheet.isSecond) wear = anyWear(chance)
    const setting: Setting = { dpi, colour, wear }
    const page = sheet.slips.length === 0 ? emptySheet(setting) : await laidOut(sheet.slips, setting, chance)
    pages.push({ picture: await scanned(page, setting, chance), dpi, quality: qualityOf(setting, chance) })
  }
  return writePages(to.folder, to.name, format, pages)
}

function qualityOf({ wear }: Setting, chance: Chance): number {
  return Math.round(chance.uniform(...wear.quality))
}

/** A sheet of A6 with nothing on it. */
function emptySheet({ dpi, colour }: Setting): Picture {
  const [width, height] = [Math.round((148 * dpi) / 25.4), Math.round((105 * dpi) / 25.4)]
  const channels = colour === 'colour' ? 3 : 1
  return { width, height, channels, data: new Uint8Array(width * height * channels).fill(250) }
}

async function main([folder = '', slips = '20', seed = '1']: readonly string[]): Promise<void> {
  const {
    customers,
    slips: truth,
    desk,
  } = await writeHandwriting({ seed: Number(seed), slips: Number(slips), twiceIn: 25 }, folder)
  writeFileSync(join(folder, 'truth.json'), JSON.stringify({ form: 'R1', slips: truth }, null, 1))
  writeFileSync(join(folder, 'previous.json'), JSON.stringify(customers, null, 1))
  desk.end()
}

if (import.meta.main) await main(process.argv.slice(2))
