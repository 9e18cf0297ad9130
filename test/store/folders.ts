import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Makes new data directories, which are removed after the last test of the file. */
export function folders(): () => string {
  const dirs: string[] = []
  afterAll(() => {
    for (const dir of dirs) rmSync(dir, { recursive: true })
  })
  return () => {
    const dir = mkdtempSync(join(tmpdir(), 'gateway-store-'))
    dirs.push(dir)
    return dir
  }
}
