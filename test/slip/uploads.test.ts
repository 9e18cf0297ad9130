import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepUpload, uploadsIn } from '../../src/slip/uploads.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uploads-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a scan that comes several times at once, of one drop-box, is kept each time, and once', async () => {
  const bytes = Buffer.alloc(1_000_000, 'pages')
  const kept = await Promise.all([1, 2, 3].map(() => keepUpload(dir, bytes, '2026-11-25T08:00:00Z')))
  const [{ id } = { id: '' }] = kept
  expect(kept.map((one) => one.id)).toEqual([id, id, id])
  expect(readdirSync(uploadsIn(dir))).toEqual([id])
  expect(readFileSync(join(uploadsIn(dir), id)).equals(bytes)).toBe(true)
})
