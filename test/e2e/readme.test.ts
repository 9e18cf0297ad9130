import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { endsWithUs } from '../real/ends-with-us.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gateway-readme-'))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const [prepare = '', send = '', show = ''] = shellBlocks(readme.split('## The first text message')[1] ?? '')
let gateway: ChildProcess | undefined

afterAll(async () => {
  if (gateway?.exitCode === null) {
    const gone = new Promise((resolve) => gateway?.once('exit', resolve))
    gateway.kill('SIGTERM')
    await gone
  }
  rmSync(folder, { recursive: true })
})

test('the README’s first text message, typed as it stands there, becomes an event', async () => {
  const [exports = '', load = '', start = ''] = prepare.trim().split('\n')
  expect(start).toBe('npm start')
  bash(`${exports}\n${load}`)
  const url = await started(exports)

  const commanded = send.replaceAll('http://127.0.0.1:8080', url)
  const first = bash(commanded)
  expect(first).toContain('x-reading-outcome: accepted;flags="NO_SERIAL"')
  expect(withoutDate(bash(commanded))).toBe(withoutDate(first))

  const events = bash(show).trim().split('\n')
  expect(events).toHaveLength(1)
  expect(JSON.parse(events[0] ?? '')).toMatchObject({ seq: 1, topic: 'meter-readings', key: 'amur/2880950488' })
})

function shellBlocks(text: string): string[] {
  return [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block)
}

/** Runs lines of the README, with a folder of the test's own. */
function bash(lines: string): string {
  return execFileSync('bash', ['-ec', lines.replaceAll('/tmp/gateway', folder)], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

/** `npm start` on a free port, without npm between us and the gateway; resolves with the address that its log tells. */
function started(exports: string): Promise<string> {
  const line = `${exports.replaceAll('/tmp/gateway', folder)} PORT=0; exec node src/main.ts`
  const child = spawn('bash', ['-ec', line], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  endsWithUs(child)
  gateway = child
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (text: string): void => {
      said += text
      const url = /"url":"([^"]+)"/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    child.once('exit', () => reject(new Error(`the gateway ended: ${said}`)))
  })
}

function withoutDate(response: string): string {
  return response.replace(/^date: .*$/im, '')
}
