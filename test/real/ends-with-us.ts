import { type ChildProcess, spawn } from 'node:child_process'

const WAIT = 'read -r line; kill -KILL "$1"; rm -rf "$2"'

/**
 * Ends a process, and removes its folder, when we are gone, however that comes: the workers of a run that is broken off are
 * killed, and no handler of theirs runs. A shell, out of reach of the terminal's signals, waits for the end of a pipe that
 * nobody but us holds open.
 */
export function endsWithUs(child: ChildProcess, folder = ''): void {
  if (child.pid === undefined) return
  const guard = spawn('sh', ['-c', WAIT, 'sh', String(child.pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  child.once('exit', () => guard.kill('SIGKILL'))
}
