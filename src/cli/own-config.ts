import { type Config, readConfig } from '../config.ts'
import type { CliContext } from './context.ts'

/** The configuration that a command runs under; null: something is wrong with it, and stderr names every variable. */
export function ownConfig({ env, stderr }: CliContext): Config | null {
  const read = readConfig(env)
  if (!('problems' in read)) return read.config
  for (const { variable, advice } of read.problems) stderr(`${variable} ${advice}`)
  return null
}
