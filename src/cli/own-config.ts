/** What the environment says to a command: the whole configuration, or single variables of it. */

import { resolve } from 'node:path'
import { type LoadedBranches, loadBranches } from '../branches.ts'
import { type Config, readConfig } from '../config.ts'
import { Environment } from '../environment.ts'
import type { CliContext } from './context.ts'

/** The configuration that a command runs under; null: something is wrong with it, and stderr names every variable. */
export function ownConfig({ env, stderr }: CliContext): Config | null {
  const read = readConfig(env)
  if (!('problems' in read)) return read.config
  for (const { variable, advice } of read.problems) stderr(`${variable} ${advice}`)
  return null
}

/** A variable as it is set, or its default: for commands that work where another variable is wrong. */
export function ownVariable(
  { env }: Pick<CliContext, 'env'>,
  name: 'STORE_URL' | 'KAFKA_TOPIC_READINGS' | 'KAFKA_TOPIC_REJECTED' | 'DATA_DIR',
): string {
  return env[name] || Environment.shape[name].parse(undefined)
}

/** The folder of the embedded store. */
export function ownDataDir(context: CliContext): string {
  return resolve(context.cwd, ownVariable(context, 'DATA_DIR'))
}

/** The branches of BRANCHES_FILE, or the bundled ones. */
export function ownBranches({ env, cwd }: CliContext): LoadedBranches {
  const file = env['BRANCHES_FILE']
  return loadBranches(file ? resolve(cwd, file) : null)
}
