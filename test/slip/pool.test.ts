import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageTime } from '../../src/slip/page-time.ts'
import { createPagePool, type PagePool } from '../../src/slip/pool.ts'
import { openSlipReader } from '../../src/slip/read/reader.ts'
import { pageIn } from '../handwriting/evaluate.ts'
import { sample } from '../slip-desk/desk.ts'
import { memoryBomb, timeBomb } from './bombs.ts'
import { pdfOf } from './pdf-file.ts'
import { covered } from './read/painted.ts'

describe('a thread that reads pages', () => {
  const PAGE_MS = 3_000
  let dir: string
  let pool: PagePool
  let lost = 0
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'slips-pool-'))
    pool = createPagePool({ threads: 1, pageMs: PAGE_MS, threadLost: () => lost++ })
  })
  afterAll(async () => {
    await pool.close()
    rmSync(dir, { recursive: true })
  })

  const problemsOf = async (bytes: Uint8Array): Promise<readonly (string | null)[]> => {
    const file = join(dir, 'scan')
    writeFileSync(file, bytes)
    const pages = await Array.fromAsync(pool.pagesIn(file))
    return pages.map((page) => ('problem' in page ? page.problem : null))
  }
  const slipsOf = async (file: string): Promise<readonly number[]> =>
    (await Array.fromAsync(pool.pagesIn(file))).map((page) => ('slips' in page ? page.slips.length : -1))

  test('reads the next scan as ever after a page that wanted too much memory', async () => {
    expect(await problemsOf(memoryBomb())).toEqual([expect.stringMatching(/^Page 1 .*too much memory/)])
    const jpeg = readFileSync(sample('b16_002.jpg'))
    expect(await problemsOf(pdfOf(jpeg, await sharp(jpeg).metadata(), 200))).toEqual([null])
    expect(lost).toBe(0)
  })

  test('is given up with a page that computes for too long, and the next scan is read by another', async () => {
    expect(await problemsOf(timeBomb())).toEqual([expect.stringContaining('it took more than 3 s of computing')])
    expect(lost).toBe(1)
    expect(await slipsOf(sample('b16_002.jpg'))).toEqual([1])
  })

  test('shows a person the page on which more is than was found', async () => {
    const page = await pageIn(dirname(sample('b18.pdf')), 'b18.pdf', 1)
    const reader = await openSlipReader()
    const second = (await reader.read(page)).slips[1]
    if (second === undefined) throw new Error('no second slip')
    const { width, height, data } = covered(page, second.placement, { marks: [0, 3], code: true })
    const file = join(dir, 'scan')
    writeFileSync(
      file,
      await sharp(data, { raw: { width, height, channels: 1 } })
        .withMetadata({ density: 200 })
        .png()
        .toBuffer(),
    )
    const [read] = await Array.fromAsync(pool.pagesIn(file))
    if (read === undefined || 'problem' in read) throw new Error('the page was not read')
    const told = read.slips.map(({ position, corners, seen }) => [position, corners !== null, seen.identity !== null])
    expect(told).toEqual([
      [1, true, true],
      [2, true, true],
      [3, false, false],
    ])
    expect(await sharp(read.slips[2]?.picture).metadata()).toMatchObject({ format: 'png', width: 900 })
  })
})

describe('the time of a page', () => {
  const MS = 200
  /** Which comes first: that the page is late, or that the thread has done it. */
  async function first(work: string): Promise<string> {
    const worker = new Worker(`${work}; require('node:worker_threads').parentPort.postMessage('done')`, { eval: true })
    try {
      return await new Promise((resolve) => {
        const time = pageTime(worker, MS, (why) => resolve(why))
        worker.once('message', (said: string) => {
          time.stop()
          resolve(said)
        })
      })
    } finally {
      await worker.terminate()
    }
  }

  test('is what its thread computes', async () => {
    expect(await first('for (;;);')).toBe('it took more than 0.2 s of computing')
  })

  test('does not pass while others have the machine', async () => {
    expect(await first('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)')).toBe('done')
  })

  test('does not pass while others leave it little of the machine', async () => {
    const looked = Promise.withResolvers<void>()
    let looks = 0
    const cpuUsage = (): Promise<NodeJS.CpuUsage> => {
      if (++looks === 60) looked.resolve()
      return Promise.resolve({ user: 200 * looks, system: 0 })
    }
    const late: string[] = []
    const time = pageTime({ cpuUsage }, 40, (why) => late.push(why))
    await looked.promise
    time.stop()
    expect(late).toEqual([])
  })

  test('is over when the page is, even while the thread is being asked', async () => {
    const asked = Promise.withResolvers<void>()
    const told = Promise.withResolvers<NodeJS.CpuUsage>()
    let calls = 0
    const cpuUsage = (): Promise<NodeJS.CpuUsage> => {
      if (++calls === 1) return Promise.resolve({ user: 0, system: 0 })
      asked.resolve()
      return told.promise
    }
    const late: string[] = []
    const time = pageTime({ cpuUsage }, MS, (why) => late.push(why))
    await asked.promise
    time.stop()
    told.resolve({ user: 60_000_000, system: 0 })
    await told.promise
    await new Promise(setImmediate)
    expect(late).toEqual([])
  })

  test('ends where nothing ever comes', async () => {
    expect(await first('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')).toBe(
      'nothing came of it in 2 s',
    )
  })
})
