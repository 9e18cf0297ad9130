import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Starts a process that would sleep for an hour, and says which. */
const STARTER = `
  import { spawn } from 'node:child_process'
  import { endsWithUs } from '${new URL('ends-with-us.ts', import.meta.url)}'
  const child = spawn('sleep', ['3600'], { stdio: 'ignore' })
  endsWithUs(child, process.argv[1])
  console.log(child.pid)
`

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'what a run has started ends, and leaves no folder, when the run is ended by %s',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-guard-'))
    const starter = spawn(process.execPath, ['--input-type=module', '-e', STARTER, folder])
    const [line] = await once(starter.stdout, 'data')
    const pid = Number(String(line))
    expect(runs(pid)).toBe(true)
    starter.kill(signal)
    await expect.poll(() => runs(pid)).toBe(false)
    await expect.poll(() => existsSync(folder)).toBe(false)
  },
)
