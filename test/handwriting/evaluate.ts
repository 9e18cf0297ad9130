/**
 * How well slips are read: `node test/handwriting/evaluate.ts [FOLDER] [--verbose]`. The folder holds scans with `truth.json` and
 * `previous.json`; without one, the few that the tests have. Own scans by the hundred: `src/slip/training/scans.py`.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type GreyPage, pagesOf } from '../../src/slip/pages.ts'
import { openSlipReader, type SlipReader } from '../../src/slip/read/reader.ts'
import { figuresOf, judged, remarksOf, type SeenPage } from './figures.ts'
import { samplesIn } from './truth.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/slips', import.meta.url))

export type { SeenPage }

/** The pages of a file; the samples have no page that can't be read. */
async function* readable(path: string): AsyncGenerator<GreyPage> {
  for await (const page of pagesOf(readFileSync(path))) {
    if ('problem' in page) throw new Error(`${path}: ${page.problem}`)
    yield page
  }
}

/** One page of a file. */
export async function pageIn(folder: string, file: string, number: number): Promise<GreyPage> {
  for await (const page of readable(`${folder}/${file}`)) if (page.page === number) return page
  throw new Error(`${file} has no page ${number}`)
}

/** Reads all files of a folder that its truth names; `readingMs` is without the decoding of pages. */
export async function seenIn(
  folder: string,
  files: readonly string[],
  reader: SlipReader,
): Promise<{ pages: SeenPage[]; readingMs: number }> {
  const pages: SeenPage[] = []
  let readingMs = 0
  for (const file of files)
    for await (const page of readable(`${folder}/${file}`)) {
      const begun = performance.now()
      pages.push({ file, page: page.page, slips: (await reader.read(page)).slips })
      readingMs += performance.now() - begun
    }
  return { pages, readingMs }
}

async function main(folder: string, verbose: boolean): Promise<void> {
  const samples = samplesIn(folder)
  const reader = await openSlipReader()
  const begun = performance.now()
  const { pages, readingMs } = await seenIn(folder, [...new Set(samples.slips.map(({ file }) => file))], reader)
  const wholeMs = performance.now() - begun
  const all = judged(samples, pages)
  for (const line of figuresOf(all, pages)) console.log(line)
  const perPage = (ms: number): string => (ms / pages.length).toFixed(0)
  console.log(`${pages.length} pages, ${perPage(wholeMs)} ms each, ${perPage(readingMs)} of them to find and read`)
  if (verbose) for (const line of remarksOf(all)) console.log(line)
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
  await main(folder ?? FIXTURES, process.argv.includes('--verbose'))
}
