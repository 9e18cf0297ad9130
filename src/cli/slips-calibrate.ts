import { resolve } from 'node:path'
import { type Calibration, calibrationOf } from '../slip/calibration.ts'
import { borrowHouse } from '../slip-house.ts'
import { slipSettings } from '../slip-settings.ts'
import { realWorld } from '../world.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'

/** The last so many reviews: older ones were of an older reader. */
const REVIEWS_MAX = 10_000

/**
 * `slips calibrate`: how often people read what was read, by its confidence, and the bound that follows for
 * SLIPS_SURE_FROM; sets nothing. Exit status: 0; 1: the store can't be read; 2: wrong usage.
 */
export async function slipsCalibrate(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length > 0) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  const house = await borrowHouse(config, resolve(context.cwd, config.DATA_DIR), {
    world: realWorld,
    told: context.stderr,
  })
  try {
    const calibration = calibrationOf(await house.slipComparisons(REVIEWS_MAX))
    for (const line of calibrationLines(calibration, slipSettings(config).sureFrom)) context.stdout(line)
    return 0
  } finally {
    await house.close()
  }
}

function calibrationLines({ ranges, sureFrom, above, errorMax }: Calibration, now: number): readonly string[] {
  const rows = ranges.map(({ from, read, agreed }) => [
    `${from}`.padEnd(10),
    `${read}`.padStart(8),
    `${agreed}`.padStart(8),
    (read === 0 ? '-' : `${((100 * agreed) / read).toFixed(2)} %`).padStart(9),
  ])
  const says =
    sureFrom === null
      ? 'too few reviews for a bound, or even the surest readings were wrong'
      : `SLIPS_SURE_FROM=${sureFrom} (now ${now}): none of ${above} above it was wrong, so at most ${(100 * errorMax).toFixed(2)} % are`
  return ['confidence     read   agreed     share', ...rows.map((cells) => cells.join(' ')), '', says]
}
