import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { SlipHouse } from '../core/slip-claim.ts'
import { borrowHouse } from '../slip-desk/house.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'

/** What a command about slips works with. */
export interface OwnHouse {
  readonly house: SlipHouse
  readonly config: Config
  /** DATA_DIR, absolute. */
  readonly dir: string
}

/** Does a command's work in the house of its DATA_DIR; 1: the configuration is wrong, and stderr names every variable. */
export async function inOwnHouse(context: CliContext, work: (own: OwnHouse) => Promise<number>): Promise<number> {
  const config = ownConfig(context)
  if (config === null) return 1
  const dir = resolve(context.cwd, config.DATA_DIR)
  const house = await borrowHouse(config, dir, context.stderr)
  try {
    return await work({ house, config, dir })
  } finally {
    await house.close()
  }
}
