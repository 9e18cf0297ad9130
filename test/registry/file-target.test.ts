import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileTarget } from '../../src/registry/file-target.ts'
import { temporaryDir } from './sample.ts'

test('a lock that cannot be taken is told as such, not as another import', async () => {
  const dir = temporaryDir()
  writeFileSync(join(dir, 'registry.lock'), 'spoilt'.repeat(100))
  const locking = fileTarget({ dir, id: 'one' }).lock()
  await expect(locking).rejects.toThrow('registry.lock in DATA_DIR cannot be locked: file is not a database')
})
