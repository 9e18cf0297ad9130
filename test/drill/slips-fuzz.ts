import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { PAGE_LIMITS } from '../../src/slip/pages.ts'
import { createPagePool } from '../../src/slip/pool.ts'
import { batchOf } from '../slip/batch.ts'
import { sample } from '../slip/slip-house.ts'
import { seededRandom } from './seeded-random.ts'

/** What came of hostile files. */
export interface FuzzedScans {
  readonly files: number
  /** Files of which every page was read, and files with a problem that says why. */
  readonly read: number
  readonly refused: number
  /** Files that took their thread with them, or all its time; it was replaced, and the file refused. A handful of thousands. */
  readonly threadsLost: number
  /** Files of which neither a page nor a problem came. */
  readonly silent: number
  /** A sound scan at the end is read as at the beginning. */
  readonly sound: boolean
  readonly residentMegabytes: number
}

/** Reads so many scans that were cut, spoilt or made to be large; nothing may throw, hang or end the process. */
export async function slipsFuzzDrill(plan: { seed: number; files: number }): Promise<FuzzedScans> {
  const random = seededRandom(plan.seed)
  const seeds = await seedFiles()
  const dir = mkdtempSync(join(tmpdir(), 'slips-fuzz-'))
  // A page of A4 at 200 dpi is 4 million pixels; what claims more is refused without being read.
  const limits = { ...PAGE_LIMITS, pixelsMax: 8_000_000, pagesMax: 20 }
  const pool = createPagePool({ threads: 2, limits, pageMs: 20_000 })
  const counts = { files: plan.files, read: 0, refused: 0, threadsLost: 0, silent: 0 }
  const one = async (bytes: Uint8Array): Promise<void> => {
    const file = join(dir, 'scan')
    writeFileSync(file, bytes)
    const results = await Array.fromAsync(pool.pagesIn(file))
    const problems = results.flatMap((page) => ('problem' in page ? [page.problem] : []))
    counts[results.length === 0 ? 'silent' : problems.length > 0 ? 'refused' : 'read']++
    if (problems.some((problem) => problem.includes('ended its reader'))) counts.threadsLost++
  }
  try {
    for (const bomb of await bombs()) await one(bomb)
    for (let n = 0; n < plan.files; n++) await one(spoilt(seeds[n % seeds.length] as Buffer, random))
    const sound = await Array.fromAsync(pool.pagesIn(sample('b16_002.jpg')))
    return {
      ...counts,
      sound: sound.length === 1 && sound[0] !== undefined && 'slips' in sound[0],
      residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
    }
  } finally {
    await pool.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function seedFiles(): Promise<readonly Buffer[]> {
  const small = sharp(sample('b16_002.jpg')).resize({ width: 400 })
  return [
    await small.clone().jpeg().toBuffer(),
    await small.clone().png().toBuffer(),
    await small.clone().tiff({ compression: 'lzw' }).toBuffer(),
    await small.clone().tiff({ compression: 'jpeg' }).toBuffer(),
    readFileSync(sample('b11.tif')),
    readFileSync(sample('b02.pdf')),
    await batchOf(1),
  ]
}

/** Small files that claim to be huge. */
async function bombs(): Promise<readonly Uint8Array[]> {
  const white = { create: { width: 20_000, height: 20_000, channels: 3 as const, background: 'white' } }
  const png = await sharp({ ...white, limitInputPixels: false })
    .greyscale()
    .png({ compressionLevel: 9 })
    .toBuffer()
  const page = (contents: string) => Buffer.from(`%PDF-1.4\n${contents}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
  const tree = '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj'
  return [
    png,
    page(`${tree} 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]>>endobj`),
    page(`${tree} 3 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 99999999>>endobj`),
    new Uint8Array(),
  ]
}

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
