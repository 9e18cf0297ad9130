import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStage } from '../../src/registry/stage.ts'
import { importText, registryFile, row, temporaryDir } from './sample.ts'

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8)

test('a registry is for nobody else on the machine, whoever may look into DATA_DIR', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(row()))
  const [generation = ''] = readdirSync(dir).filter((name) => /^registry-.*\.sqlite$/.test(name))
  expect(modeOf(join(dir, generation))).toBe('600')
})

test('nor are the rows that wait to be sorted', () => {
  const file = join(temporaryDir(), 'registry-test.stage')
  const stage = openStage(file, temporaryDir())
  expect(modeOf(file)).toBe('600')
  stage.close()
})
