import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { madeFolder } from '../src/folders.ts'

const folder = mkdtempSync(join(tmpdir(), 'gateway-made-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a folder is made with those above it, for its owner alone, and one that is there stays as it is', () => {
  const path = join(folder, 'above', 'data')
  const wanted = { variable: 'DATA_DIR', mode: 0o700 }
  expect([madeFolder(path, wanted), madeFolder(path, wanted)]).toEqual([path, path])
  for (const made of [path, join(folder, 'above')]) expect(statSync(made).mode & 0o777).toBe(0o700)
})

writeFileSync(join(folder, 'file'), '')
symlinkSync(join(folder, 'gone'), join(folder, 'dangling'))
mkdirSync(join(folder, 'linked'))
symlinkSync(join(folder, 'linked'), join(folder, 'link'))

test('a link to a folder is one', () => {
  madeFolder(join(folder, 'link', 'data'), { variable: 'DATA_DIR' })
  expect(existsSync(join(folder, 'linked', 'data'))).toBe(true)
})

test.each([
  ['a file', join(folder, 'file')],
  ['below a file', join(folder, 'file', 'a', 'data')],
  ['a link to nothing', join(folder, 'dangling')],
  ['below a link to nothing', join(folder, 'dangling', 'data')],
  ['where the system makes nothing', '/proc/none/data'],
])('%s none can be made, and the variable is named', (_what, path) => {
  expect(() => madeFolder(path, { variable: 'DATA_DIR' })).toThrow('DATA_DIR must be a folder that the gateway may')
})
