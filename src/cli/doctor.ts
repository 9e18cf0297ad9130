import { type Config, readConfig } from '../config.ts'
import { listenAddress } from '../environment.ts'
import type { CliContext } from './context.ts'
import { channelFindings } from './doctor-channels.ts'
import { kafkaFindings, runningFindings, stoppedFindings } from './doctor-parts.ts'
import { slipFindings } from './doctor-slips.ts'
import { type Finding, fail } from './finding.ts'

/**
 * `doctor`: checks configuration, store, disk, registry, Kafka, the folder and the reader of scans, and sends one signed
 * message through each channel that is on, to the gateway that runs under this configuration; no reading comes of it. One line a finding on stdout.
 * 0: nothing fails; 1: something does; 2: wrong usage.
 */
export async function doctor(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length > 0) return 2
  const findings: Finding[] = []
  for await (const finding of examine(context)) {
    findings.push(finding)
    context.stdout(`${finding.level.padEnd(4)}  ${finding.what.padEnd(14)}  ${finding.says}`)
  }
  return findings.some(({ level }) => level === 'fail') ? 1 : 0
}

async function* examine({ env }: CliContext): AsyncGenerator<Finding> {
  const read = readConfig(env)
  if ('problems' in read) {
    yield* read.problems.map(({ variable, advice }) => fail('configuration', `${variable} ${advice}`))
    return
  }
  const { config } = read
  yield { level: 'ok', what: 'configuration', says: `${config.branches.length} branches` }
  const url = listenUrl(config)
  const running = await runningFindings(url)
  // What answers in its place gets no message and no token: those are the gateway's.
  const isRunning = !('level' in running)
  yield* isRunning ? running : await stoppedFindings(config)
  yield* await kafkaFindings(config)
  yield* await slipFindings(config)
  if (isRunning) yield* await channelFindings(config, url)
  else yield running
}

/** Where this configuration listens, as this machine reaches it. */
function listenUrl({ HOST, PORT }: Config): string {
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '::1' : HOST
  return listenAddress(host, PORT)
}
