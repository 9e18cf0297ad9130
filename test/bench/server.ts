import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endsWithUs } from '../real/ends-with-us.ts'

const TICKS_A_SECOND = 100
const root = join(import.meta.dirname, '../..')

/** A server in a process of its own. */
export interface Server {
  readonly port: number
  /** Processor seconds so far, all threads, user and system. */
  readonly cpuSeconds: () => number
  readonly residentMebibytes: () => number
  readonly stop: () => Promise<void>
}

/** The gateway's options of Node, as `npm start` gives them. */
export function gatewayOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

/** Starts a file of this project as a server, with options of Node, and waits until it answers. */
export async function startServer(
  file: string,
  port: number,
  { env = {}, options = [] }: { env?: Readonly<Record<string, string>>; options?: readonly string[] } = {},
): Promise<Server> {
  const child = spawn(process.execPath, ['--no-warnings', ...options, join(root, file)], {
    env: { PATH: process.env['PATH'], PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  endsWithUs(child)
  await answers(port, child)
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return {
    port,
    cpuSeconds: () => (Number(stat()[11]) + Number(stat()[12])) / TICKS_A_SECOND,
    residentMebibytes: () => (Number(stat()[21]) * 4096) / 1_048_576,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}/livez`).then(
      () => true,
      () => false,
    )
    if (answered) return
    await sleep(100)
  }
  throw new Error('a server of the benchmark did not start')
}
