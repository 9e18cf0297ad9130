import { runCommand } from './commands.ts'

/** The operator's command line: results on stdout, everything else on stderr. */
async function main(): Promise<number> {
  process.stdout.on('error', leaveOnClosedPipe)
  return runCommand(process.argv.slice(2), {
    env: process.env,
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
    cwd: process.cwd(),
  })
}

/** `gateway events | head` closes the pipe when it has enough; a full disk takes no results. */
function leaveOnClosedPipe(error: Error & { code?: string }): void {
  if (error.code !== 'EPIPE') process.stderr.write(`failed: ${error.message}\n`)
  process.exit(error.code === 'EPIPE' ? 0 : 1)
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
