import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failedScans, purgeDone, watchInbox } from '../../src/slip/inbox.ts'

let folder: string
let box: { close(): Promise<void> } | null
/** What was read, by its name; and what is done while that is read. */
let read: string[]
let meanwhile: () => void
let betweenLooks: () => void
let isGone: (day: string) => boolean
let putOff: number
let away: number
let passedOver: number[]
/** Problems of each scan that was told of. */
let told: number[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inbox-'))
  ;[box, read, putOff, away, passedOver, told] = [null, [], 0, 0, [], []]
  ;[meanwhile, betweenLooks, isGone] = [() => undefined, () => undefined, () => false]
})
afterEach(async () => {
  await box?.close()
  rmSync(folder, { recursive: true, force: true })
})

const place = (...names: string[]) => join(folder, ...names)
const put = (...names: string[]) => writeFileSync(place(...names), 'pages')

function isDay(name: string): boolean {
  if (isGone(name)) rmSync(place(name), { recursive: true })
  return /^\d{4}-\d\d-\d\d$/.test(name)
}

/** Watches as fast as it can; every file reads as one that holds nothing, or is spoilt where its name says so. */
function watch(): void {
  box = watchInbox({
    watched: [{ folder, isDay, receivedAt: (_file, changedAt) => changedAt, removesDone: false }],
    async *scan(file) {
      read.push(file.slice(folder.length + 1))
      meanwhile()
      meanwhile = () => undefined
      if (file.includes('spoilt')) yield { kind: 'problem', page: null, problem: 'It is spoilt.' }
    },
    wait() {
      betweenLooks()
      return sleep(5)
    },
    log: {
      read: ({ problems }) => void told.push(problems),
      putOff: () => void putOff++,
      folderAway: () => void away++,
      passedOver: (count) => void passedOver.push(count),
    },
  })
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(5)
}

describe('a file', () => {
  test('that grows while it is read is read again to its end, and then put away', async () => {
    put('scan.tif')
    meanwhile = () => {
      appendFileSync(place('scan.tif'), ' and more')
      expect(existsSync(place('done'))).toBe(false)
    }
    watch()
    await until(() => existsSync(place('done', 'scan.tif')))
    expect(read).toEqual(['scan.tif', 'scan.tif'])
  })

  test('that is a TIFF and grows with a pause after each page is read once, when it has stopped', async () => {
    put('scan.tif')
    let looks = 0
    betweenLooks = () => {
      looks++
      if (looks === 5 || looks === 10) appendFileSync(place('scan.tif'), ' and more')
    }
    watch()
    await until(() => existsSync(place('done', 'scan.tif')))
    expect([read, readFileSync(place('done', 'scan.tif'), 'utf8')]).toEqual([['scan.tif'], 'pages and more and more'])
  })

  test('that is renamed while it is read is read under its new name, and leaves nothing behind', async () => {
    put('scan.tif')
    meanwhile = () => renameSync(place('scan.tif'), place('box 7.tif'))
    watch()
    await until(() => existsSync(place('done', 'box 7.tif')))
    expect(read).toEqual(['scan.tif', 'box 7.tif'])
    expect([readdirSync(folder), readdirSync(place('done')), putOff]).toEqual([['done'], ['box 7.tif'], 0])
  })

  test.each(['scan.tif', 'spoilt.tif'])('%s that another gateway puts away is that one’s to tell of', async (name) => {
    put(name)
    mkdirSync(place('done'))
    meanwhile = () => renameSync(place(name), place('done', name))
    watch()
    await until(() => read.length > 0 && !existsSync(place(name)))
    put('z.tif')
    await until(() => existsSync(place('done', 'z.tif')))
    expect([read, told, putOff]).toEqual([[name, 'z.tif'], [0], 0])
    expect([readdirSync(folder), readdirSync(place('done'))]).toEqual([['done'], [name, 'z.tif']])
  })

  test('that another gateway has put away in the moment in which this one begins is no failure', async () => {
    put('scan.tif')
    meanwhile = () => {
      meanwhile = () => undefined
      rmSync(place('scan.tif'))
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
    }
    watch()
    await until(() => read.length > 0)
    put('z.tif')
    await until(() => existsSync(place('done', 'z.tif')))
    expect([told, putOff]).toEqual([[0], 0])
  })

  test('of a name that was put away before gets another', async () => {
    put('scan.tif')
    watch()
    await until(() => existsSync(place('done', 'scan.tif')))
    put('scan.tif')
    await until(() => existsSync(place('done', '1-scan.tif')))
  })

  test('of the longest name is put away under its end, with the reason beside it, and again beside another', async () => {
    const nameOf = (letters: number, end: string) => 'я'.repeat(letters) + end
    watch()
    for (const nth of ['', '1-']) {
      put(nameOf(123, ' 7.tif'))
      put(nameOf(120, ' spoilt.tif'))
      await until(() => existsSync(place('done', nth + nameOf(112, ' 7.tif'))))
      await until(() => existsSync(place('failed', nth + nameOf(109, ' spoilt.tif'))))
      expect(existsSync(place('failed', `${nth}${nameOf(109, ' spoilt.tif')}.reason.txt`))).toBe(true)
    }
    expect(putOff).toBe(0)
  })

  test('that is spoilt has its reason written beside it, not where a link of that name leads', async () => {
    put('.precious')
    mkdirSync(place('failed'))
    symlinkSync(place('.precious'), place('failed', 'spoilt.tif.reason.txt'))
    put('spoilt.tif')
    watch()
    await until(() => existsSync(place('failed', 'spoilt.tif')))
    const texts = [place('.precious'), place('failed', 'spoilt.tif.reason.txt')].map((file) =>
      readFileSync(file, 'utf8'),
    )
    expect(texts).toEqual(['pages', 'It is spoilt.\n'])
  })

  test.each(['.scan.tif', 'scan.tif.part', 'scan.tif.filepart'])('named %s is not whole yet', async (name) => {
    put(name)
    put('z.tif')
    watch()
    await until(() => existsSync(place('done', 'z.tif')))
    expect(read).toEqual(['z.tif'])
  })
})

describe('a folder', () => {
  test('that goes away is told of once, and watched again when it is back', async () => {
    renameSync(folder, `${folder}-away`)
    watch()
    await until(() => away > 0)
    await sleep(50)
    expect([away, putOff]).toEqual([1, 0])
    renameSync(`${folder}-away`, folder)
    put('scan.tif')
    await until(() => existsSync(place('done', 'scan.tif')))
  })

  test('of a day that can’t be read keeps nobody from the others', async () => {
    mkdirSync(place('2026-11-21'))
    put('2026-11-21', 'scan.tif')
    put('scan.tif')
    // Its name is there at every look, and it is gone when its files are looked for.
    betweenLooks = () => mkdirSync(place('2026-11-20'), { recursive: true })
    betweenLooks()
    isGone = (name) => name === '2026-11-20'
    watch()
    await until(() => existsSync(place('done', 'scan.tif')) && existsSync(place('2026-11-21', 'done', 'scan.tif')))
    expect([away, putOff]).toEqual([1, 0])
  })
})

test('what is never read is told of, each time that it has become more', async () => {
  mkdirSync(place('2026-11-20', 'box 7'), { recursive: true })
  for (const name of ['20.11.2026', 'done', 'failed', '.snapshot']) mkdirSync(place(name))
  put('20.11.2026', 'scan.tif')
  put('scan.tif')
  watch()
  await until(() => existsSync(place('done', 'scan.tif')))
  expect(passedOver).toEqual([2])
  symlinkSync(place('done', 'scan.tif'), place('link.tif'))
  await until(() => passedOver.length > 1)
  expect([passedOver, read]).toEqual([[2, 3], ['scan.tif']])
})

test('what was read is removed in its time, on all days; what failed, and what waits, is not', async () => {
  const files = [['done', 'old.tif'], ['2026-11-20', 'done', 'old.tif'], ['failed', 'spoilt.tif'], ['new.tif']]
  for (const file of files) {
    mkdirSync(place(...file.slice(0, -1)), { recursive: true })
    put(...file)
  }
  const inbox = { folder, isDay }
  expect(await purgeDone(inbox, new Date(Date.now() - 60_000).toISOString())).toBe(0)
  expect(await purgeDone(inbox, new Date(Date.now() + 1_000).toISOString())).toBe(2)
  expect(files.map((file) => existsSync(place(...file)))).toEqual([false, false, true, true])
})

test('a folder of scans that cannot be looked into is no empty one', async () => {
  expect([await purgeDone({ folder, isDay }, new Date().toISOString()), await failedScans(folder)]).toEqual([0, 0])
  put('done')
  put('failed')
  await expect(purgeDone({ folder, isDay }, new Date().toISOString())).rejects.toThrow('ENOTDIR')
  await expect(failedScans(folder)).rejects.toThrow('ENOTDIR')
})
