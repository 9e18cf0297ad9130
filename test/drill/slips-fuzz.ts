import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { readConfig } from '../../src/config.ts'
import { thisMachine } from '../../src/machine.ts'
import { watchInbox } from '../../src/slip/inbox.ts'
import { PAGE_LIMITS } from '../../src/slip/pages.ts'
import { createPagePool } from '../../src/slip/pool.ts'
import { scanFile } from '../../src/slip/scan.ts'
import { borrowHouse } from '../../src/slip-desk/house.ts'
import { slipSettings } from '../../src/slip-desk/settings.ts'
import { bombs } from '../slip/bombs.ts'
import { pdfOf } from '../slip/pdf-file.ts'
import { openSlipDesk, type SlipDesk, sample } from '../slip-desk/desk.ts'
import { seededRandom } from './seeded-random.ts'

/** What came of hostile files in the inbox. */
export interface FuzzedScans {
  readonly files: number
  /** Moved to `done`, and to `failed` with a reason beside them. */
  readonly done: number
  readonly failed: number
  /** Neither there nor there, or failed without a reason. */
  readonly lost: number
  /** Pages that ended the thread that read them. */
  readonly threadsLost: number
  /** Slips that were found on what could be read, and slips in the store, which has each paper once. */
  readonly slips: number
  readonly stored: number
  /** Looks at the inbox that threw. */
  readonly putOff: number
  /** A sound scan at the end is read as at the beginning. */
  readonly sound: boolean
  /** The most while the first tenth was read, and from then on. */
  readonly residentMegabytesFirst: number
  readonly residentMegabytesMax: number
}

/** Files in the inbox at a time. */
const HEAP = 50
const SUFFIXES = ['pdf', 'tif', 'jpg', 'png', 'PDF', 'txt', 'exe', '']

/** So many scans that were cut, spoilt, misnamed or made to be large lie in an inbox, some at a time, until all are away. */
export async function slipsFuzzDrill(plan: { seed: number; files: number }): Promise<FuzzedScans> {
  const random = seededRandom(plan.seed)
  const seeds = await seedFiles()
  const waiting: Uint8Array[] = [...(await bombs())]
  const next = (n: number) => waiting.pop() ?? spoilt(seeds[n % seeds.length] as Buffer, random)
  const house = await openFuzzHouse()
  const resident: number[] = []
  try {
    for (let n = 0; n < plan.files; n += HEAP) {
      const heap = Array.from({ length: Math.min(HEAP, plan.files - n) }, (_, at) => next(n + at))
      await house.readAll(heap, (at) => `scan ${n + at}.${SUFFIXES[Math.floor(random() * SUFFIXES.length)]}`)
      resident.push(process.memoryUsage.rss() / 1e6)
    }
    const tenth = Math.max(1, Math.floor(resident.length / 10))
    return {
      files: plan.files,
      ...house.counts,
      stored: await house.stored(),
      sound: await house.isSound(),
      residentMegabytesFirst: Math.round(Math.max(...resident.slice(0, tenth))),
      residentMegabytesMax: Math.round(Math.max(...resident.slice(tenth), 0)),
    }
  } finally {
    await house.close()
  }
}

async function openFuzzHouse() {
  const desk = await openSlipDesk()
  const read = readConfig(desk.env)
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  const house = await borrowHouse(read.config, desk.env['DATA_DIR'] ?? '', () => undefined)
  const counts = { done: 0, failed: 0, lost: 0, threadsLost: 0, slips: 0, putOff: 0 }
  // A page of A4 at 200 dpi is 4 million pixels; what claims more is refused without being read.
  const limits = { ...PAGE_LIMITS, pixelsMax: 8_000_000, pagesMax: 20 }
  const pool = createPagePool({ threads: 2, limits, pageMs: 20_000, threadLost: () => counts.threadsLost++ })
  const inbox = join(desk.dir, 'inbox')
  mkdirSync(inbox)
  const parts = { house, pool, settings: slipSettings(read.config), pictures: null, dir: null }
  const pictures = { keep: async () => undefined, drop: async () => undefined }
  const receivedAt = () => '2026-11-22T03:00:00.000Z'
  const box = watchInbox({
    watched: [{ folder: inbox, isDay: () => false, receivedAt, removesDone: false }],
    scan: (file, at) => scanFile(file, at, { ...parts, pictures }),
    wait: (_ms, signal) => thisMachine.wait(5, signal),
    log: {
      read: ({ slips }) => (counts.slips += slips),
      putOff: () => counts.putOff++,
      folderAway: () => counts.putOff++,
      passedOver: () => counts.putOff++,
    },
  })
  return {
    counts,
    stored: async () => (await house.slipCounts()).taken,
    async readAll(files: readonly Uint8Array[], nameOf: (at: number) => string): Promise<void> {
      for (const [at, bytes] of files.entries()) writeFileSync(join(inbox, nameOf(at)), bytes)
      while (filesIn(inbox).length > 0) await thisMachine.wait(20, new AbortController().signal)
      takeStock(desk, files.length, counts)
    },
    async isSound() {
      const [page, ...more] = await Array.fromAsync(pool.pagesIn(sample('b16_002.jpg')))
      return more.length === 0 && page !== undefined && 'slips' in page && page.slips.length === 1
    },
    async close() {
      await box.close()
      await pool.close()
      await house.close()
      desk.end()
    },
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))

/** Counts what stands in `done` and `failed`, and clears them. */
function takeStock({ dir }: SlipDesk, files: number, counts: { done: number; failed: number; lost: number }): void {
  const [done, failed] = [join(dir, 'inbox', 'done'), join(dir, 'inbox', 'failed')]
  for (const folder of [done, failed]) mkdirSync(folder, { recursive: true })
  const refused = filesIn(failed)
  const reasons = refused.filter((name) => name.endsWith('.reason.txt'))
  const told = reasons.filter((name) => statSync(join(failed, name)).size > 1)
  const named = told.filter((name) => refused.includes(name.slice(0, -'.reason.txt'.length)))
  counts.done += filesIn(done).length
  counts.failed += named.length
  counts.lost += files - filesIn(done).length - named.length
  for (const folder of [done, failed]) rmSync(folder, { recursive: true })
}

async function seedFiles(): Promise<readonly Buffer[]> {
  const one = sample('b16_002.jpg')
  const small = sharp(one).resize({ width: 400 })
  const bits = () => sharp(one).resize({ width: 1_100 }).greyscale().threshold(150)
  const halved = await sharp(one).resize({ width: 800 }).jpeg({ quality: 60 }).toBuffer()
  const little = [
    await small.clone().jpeg().toBuffer(),
    await small.clone().png().toBuffer(),
    await small.clone().tiff({ compression: 'lzw' }).toBuffer(),
    await small.clone().tiff({ compression: 'jpeg' }).toBuffer(),
    await bits().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer(),
    pdfOf(halved, await sharp(halved).metadata(), 140),
  ]
  // Whole scans take ten times as long.
  return [...Array.from({ length: 5 }, () => little).flat(), ...['b16_002.jpg', 'b11.tif', 'b02.pdf'].map(wholeScan)]
}

const wholeScan = (name: string): Buffer => readFileSync(sample(name))

/** Bytes changed, cut, doubled, or zeroed, mostly near the front, where headers are. */
function spoilt(sound: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(sound)
  const at = () => Math.floor((random() < 0.5 ? random() ** 4 : random()) * bytes.length)
  const kind = random()
  if (kind < 0.15) return bytes.subarray(0, at())
  if (kind < 0.25) return Buffer.concat([bytes.subarray(0, at()), bytes.subarray(at())])
  const changes = 1 + Math.floor(random() ** 3 * 200)
  for (let n = 0; n < changes; n++) bytes[at()] = random() < 0.2 ? 0xff : Math.floor(random() * 256)
  if (kind < 0.4) bytes.fill(0, at(), at())
  return bytes
}
