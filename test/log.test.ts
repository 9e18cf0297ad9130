import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Runs the lines with a `log` in a process of their own, and answers what came out on stdout. */
function printed(script: string): string[] {
  const file = join(import.meta.dirname, '../src/log.ts')
  const source = `import { openLog } from '${file}'\nconst log = openLog('info')\n${script}`
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', source], {
    encoding: 'utf8',
  })
  return stdout.split('\n').slice(0, -1)
}

test('a line has level, instant, fields and sentence', () => {
  const [line = ''] = printed(`log.info({ channel: 'sms' }, 'answered'); log.flush()`)
  expect(JSON.parse(line)).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    channel: 'sms',
    msg: 'answered',
  })
})

test('every line comes out, in order, when the process ends after a flush', () => {
  const lines = printed(`for (let at = 0; at < 5_000; at += 1) log.info({ at }, 'щ'); log.flush(); process.exit(0)`)
  expect(lines.map((line) => JSON.parse(line).at)).toEqual(Array.from({ length: 5_000 }, (_, at) => at))
})

test('a line that nobody flushes comes out within a second', () => {
  expect(printed(`log.info({}, 'one'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_000)`)).toHaveLength(1)
})
