import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { registryImport } from '../../src/cli/registry-import.ts'
import { LAYOUTS } from '../../src/slip/print/sheet.ts'
import { writeRegistry } from '../bench/registry-file.ts'

/** What a print took. */
export interface PrintCounts {
  readonly accounts: number
  readonly slips: number
  /** As the PDF has them when it is read back, and as so many slips must make. */
  readonly pages: number
  readonly pagesWanted: number
  readonly seconds: number
  readonly megabytes: number
  /** Of the command's process: at most in the first fifth of its time, and at most ever. */
  readonly residentMegabytesEarly: number
  readonly residentMegabytesMax: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Prints slips for so many accounts, `gateway slips print --all` in a process of its own, one print after the other. */
export async function slipsPrintDrill({ accounts }: { accounts: readonly number[] }): Promise<readonly PrintCounts[]> {
  const prints: PrintCounts[] = []
  for (const count of accounts) prints.push(await printOne(count))
  return prints
}

async function printOne(accounts: number): Promise<PrintCounts> {
  const dir = mkdtempSync(join(tmpdir(), 'slips-print-'))
  try {
    const { meters } = writeRegistry(join(dir, 'registry.csv'), accounts)
    const said: string[] = []
    const hear = (line: string) => void said.push(line)
    const context = { env: { DATA_DIR: dir }, stdout: hear, stderr: hear, cwd: dir }
    if ((await registryImport(['registry.csv'], context)) !== 0) throw new Error(said.join('\n'))
    const out = join(dir, 'slips.pdf')
    const began = performance.now()
    const { slips, early, most } = await printed(dir, out)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    if (slips !== meters) throw new Error(`${meters} meters, ${slips} slips`)
    const megabytes = megabytesOf(statSync(out).size)
    const pagesWanted = Math.ceil(slips / LAYOUTS.a4.places.length)
    const pages = await pagesIn(out)
    const resident = { residentMegabytesEarly: megabytesOf(early), residentMegabytesMax: megabytesOf(most) }
    return { accounts, slips, pages, pagesWanted, seconds, megabytes, ...resident }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function printed(dir: string, out: string): Promise<{ slips: number; early: number; most: number }> {
  const memory = fileURLToPath(new URL('memory-over-time.ts', import.meta.url))
  const words = ['slips', 'print', '--all', '--period', '2026-12', '--out', out]
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--import', memory, join(root, 'src/cli/main.ts'), ...words],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], DATA_DIR: dir },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const [, slips = ''] = /printed: (\d+) slips/.exec(said) ?? []
  const [, early = '', most = ''] = /resident (\d+) (\d+)/.exec(said) ?? []
  if (status !== 0 || slips === '' || most === '') throw new Error(`printing ended with ${status}: ${said}`)
  return { slips: Number(slips), early: Number(early), most: Number(most) }
}

function megabytesOf(bytes: number): number {
  return Math.round(bytes / 1e6)
}

const RESIDENT_MEGABYTES_MAX = 350
/** The registry's pages count as soon as they are read, and the collector may be late with some. */
const GROWTH_MEGABYTES_MAX = 70

/** Whether every page is there, and the memory that it took did not grow with them. */
export function isFlat({ pages, pagesWanted, residentMegabytesEarly, residentMegabytesMax }: PrintCounts): boolean {
  const growth = residentMegabytesMax - residentMegabytesEarly
  return pages === pagesWanted && residentMegabytesMax < RESIDENT_MEGABYTES_MAX && growth < GROWTH_MEGABYTES_MAX
}

/** Pages of a PDF, as a reader that shares nothing with its writer counts them; the last of them shows a whole slip. */
async function pagesIn(file: string): Promise<number> {
  const document = await (await PDFiumLibrary.init()).loadDocument(readFileSync(file))
  try {
    const pages = document.getPageCount()
    const last = document.getPage(pages - 1).getText()
    return last.includes('Показания счётчика') && last.includes('за декабрь 2026') ? pages : 0
  } finally {
    document.destroy()
  }
}
