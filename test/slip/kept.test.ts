import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf, keepScan, picturesOf, purgeKept } from '../../src/slip/kept.ts'
import { keepUpload, uploadsIn } from '../../src/slip/uploads.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kept-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const kept = (folder: string) => readdirSync(join(dir, 'slips', folder))
const later = () => new Date(Date.now() + 1_000).toISOString()

test('a scan is kept once, under its digest, and purged in its time', async () => {
  const file = join(dir, 'batch.pdf')
  writeFileSync(file, 'a scan')
  const digest = await digestOf(file)
  await keepScan(dir, file, digest)
  await keepScan(dir, file, digest)
  expect(kept('scans')).toEqual([digest])
  expect(await purgeKept(dir, new Date(Date.now() - 60_000).toISOString())).toBe(0)
  expect(await purgeKept(dir, later())).toBe(1)
  expect(kept('scans')).toEqual([])
})

test.each([0o444, 0o644])(
  'a scan is kept for the gateway alone, and may be written by it, whatever its own rights are: %o',
  async (mode) => {
    const file = join(dir, 'batch.pdf')
    writeFileSync(file, 'a scan', { mode })
    await keepScan(dir, file, 'digest')
    expect(statSync(join(dir, 'slips', 'scans', 'digest')).mode & 0o777).toBe(0o600)
  },
)

test('what could not be kept whole leaves nothing behind: on a full disk the store needs the room', async () => {
  await expect(keepScan(dir, dir, 'digest')).rejects.toThrow('EISDIR')
  expect(kept('scans')).toEqual([])
  const at = '2026-11-25T08:00:00Z'
  const { id } = await keepUpload(dir, Buffer.from('scan'), at)
  rmSync(join(uploadsIn(dir), id))
  mkdirSync(join(uploadsIn(dir), id))
  await expect(keepUpload(dir, Buffer.from('scan'), at)).rejects.toThrow('EISDIR')
  expect(kept('uploads')).toEqual([id])
})

test('a purge goes on where a picture went away while it looked', async () => {
  await picturesOf(dir).keep('a', new Uint8Array([1]))
  mkdirSync(join(dir, 'slips', 'scans'), { recursive: true })
  // Listed, but not there when it is looked at.
  symlinkSync(join(dir, 'nowhere'), join(dir, 'slips', 'scans', 'gone.part'))
  expect(await purgeKept(dir, later())).toBe(1)
  expect(kept('pictures')).toEqual([])
})

test('a purge that cannot look into a folder fails, and says why', async () => {
  expect(await purgeKept(dir, later())).toBe(0)
  mkdirSync(join(dir, 'slips'))
  writeFileSync(join(dir, 'slips', 'scans'), 'no folder')
  await expect(purgeKept(dir, later())).rejects.toThrow('ENOTDIR')
})

test('what a crash left of an upload is purged in its time, and an upload that still waits is not', async () => {
  const { id } = await keepUpload(dir, Buffer.from('waits'), '2026-11-25T08:00:00Z')
  writeFileSync(join(uploadsIn(dir), `${id}1.part`), 'cut')
  expect(await purgeKept(dir, new Date(Date.now() - 60_000).toISOString())).toBe(0)
  expect(await purgeKept(dir, later())).toBe(1)
  expect(kept('uploads')).toEqual([id])
})
