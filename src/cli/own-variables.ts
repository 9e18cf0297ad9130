import { resolve } from 'node:path'
import { type LoadedBranches, loadBranches } from '../branches.ts'
import { Environment } from '../environment.ts'
import type { CliContext } from './context.ts'

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
