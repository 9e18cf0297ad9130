/** A thread that reads the pages of scans, one job after another; see pool.ts for who gives them out. */
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { isBlank } from './blank.ts'
import type { Job, PageRead, SlipOnPage, Told } from './jobs.ts'
import { type GreyPage, pageCountOf, pagesOf } from './pages.ts'
import { paperOf } from './paper.ts'
import { pdfiumsWornOut } from './pdfium.ts'
import { pngOf } from './png.ts'
import { SLIP } from './print/form-r1.ts'
import { seenQuickly } from './read/raster.ts'
import { openSlipReader, type SlipFound, type SlipReader } from './read/reader.ts'

/** Pixels per mm of the picture that a clerk is shown: 200 dpi would be 8. */
const PICTURE_SCALE = 4
const PICTURE = {
  corner: { x: 0, y: 0 },
  width: SLIP.width * PICTURE_SCALE,
  height: SLIP.height * PICTURE_SCALE,
  scale: PICTURE_SCALE,
}
/** A clerk needs no smoother picture, and four samples a pixel take a fifth of all the time. */
const ONE_SAMPLE = 1
/** Of a page on which something was not found, the clerk sees all of it, so wide. */
const PAGE_PICTURE_WIDTH = 900

/** As far behind everything that answers somebody as can be. On Linux this is the thread's own, elsewhere it would be the whole process's. */
const NICE = 19
if (process.platform === 'linux') setPriority(NICE)

let opening: Promise<SlipReader> | null = null

parentPort?.on('message', async (job: Job) => {
  opening ??= openSlipReader()
  try {
    await work(job, await opening)
    tell({ kind: 'done', worn: pdfiumsWornOut() > 0 })
  } catch (error) {
    // Only a fault of ours comes here; the pool replaces the thread and says so of the page.
    tell({ kind: 'broken', why: error instanceof Error ? error.message : 'unknown' })
  }
})

function tell(told: Told): void {
  parentPort?.postMessage(told)
}

async function work({ file, limits, range }: Job, reader: SlipReader): Promise<void> {
  if (range === null) {
    const pages = await pageCountOf(file, limits)
    return tell(typeof pages === 'number' ? { kind: 'count', pages } : { kind: 'problem', ...pages })
  }
  for await (const page of pagesOf(file, limits, range)) {
    if ('problem' in page) tell({ kind: 'problem', ...page })
    else tell({ kind: 'page', ...(await readPage(page, reader)) })
  }
}

async function readPage(page: GreyPage, reader: SlipReader): Promise<PageRead> {
  const { slips: found, strayMark } = await reader.read(page)
  const blank = found.length === 0 && isBlank(page)
  const slips = found.map((slip) => onPage(page, slip))
  const isAll = found.length === 0 ? blank : !strayMark
  return { page: page.page, blank, slips: isAll ? slips : [...slips, await notFound(page, slips.length + 1)] }
}

function onPage(page: GreyPage, slip: SlipFound): SlipOnPage {
  const { identity, rows, position, corners, cutOuts, placement } = slip
  const picture = pngOf(seenQuickly(page, placement, PICTURE, ONE_SAMPLE))
  return { seen: { identity, rows }, position, corners, paper: paperOf(cutOuts), picture }
}

/** Something is on the page beside the slips that were found: a person looks at all of it. */
async function notFound({ data, width, height }: GreyPage, position: number): Promise<SlipOnPage> {
  const raw = sharp(data, { raw: { width, height, channels: 1 } })
  const picture = await raw
    .resize({ width: Math.min(width, PAGE_PICTURE_WIDTH) })
    .png()
    .toBuffer()
  return { seen: { identity: null, rows: [] }, position, corners: null, paper: '', picture }
}
