import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { endsWithUs } from '../real/ends-with-us.ts'

/** A gateway in a process of its own. */
export interface Child {
  readonly url: string
  readonly kill: (signal: NodeJS.Signals) => void
  /** Exit status, and the ms from its start to its end. */
  readonly ended: Promise<number | null>
  readonly stdout: string[]
  readonly stderr: string[]
}

/** Variables that the process gets and no others, but PATH. */
export type ChildEnv = Readonly<Record<string, string>>

function run(file: string, env: ChildEnv) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endsWithUs(child)
  const stdout: string[] = []
  const stderr: string[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => stdout.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
  const ended = new Promise<number | null>((resolve) => child.on('close', (status) => resolve(status)))
  return { child, lines, stdout, stderr, ended }
}

/** Starts the gateway's main, and waits for nothing. */
export function beginMain(env: ChildEnv): Pick<Child, 'kill' | 'ended'> {
  const { child, ended } = run('src/main.ts', env)
  return { kill: (signal) => child.kill(signal), ended }
}

/** Runs the gateway's main until it ends by itself. */
export async function runMain(
  env: ChildEnv,
): Promise<{ status: number | null; stdout: readonly string[]; stderr: readonly string[] }> {
  const { ended, stdout, stderr } = run('src/main.ts', env)
  return { status: await ended, stdout, stderr }
}

/** Starts the gateway's main and waits until it listens. */
export async function startMain(env: ChildEnv): Promise<Child> {
  const { child, lines, stdout, stderr, ended } = run('src/main.ts', { PORT: '0', ...env })
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const { url } = JSON.parse(line) as { url?: string }
      if (url !== undefined) resolve(url)
    })
    ended.then((status) => reject(new Error(`ended with ${status} before it listened: ${stderr.join(' ')}`)))
  })
  return { url, kill: (signal) => child.kill(signal), ended, stdout, stderr }
}
