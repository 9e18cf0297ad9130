import { resolve } from 'node:path'
import type { SlipCounts } from '../core/slip-claim.ts'
import { thisMachine } from '../machine.ts'
import { type Calibration, COMPARED_LEAST, calibrationOf } from '../slip/calibration.ts'
import type { TakeSettings } from '../slip/take.ts'
import { borrowHouse } from '../slip-house.ts'
import { slipSettings } from '../slip-settings.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'

/** The last so many reviews: older ones were of an older reader. */
const REVIEWS_MAX = 10_000

/**
 * `slips calibrate`: how far the first slips have come, how often people read what was read, by its confidence, and the bound
 * that follows for SLIPS_SURE_FROM; sets nothing. Exit status: 0; 1: the store can't be read; 2: wrong usage.
 */
export async function slipsCalibrate(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length > 0) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  const house = await borrowHouse(config, resolve(context.cwd, config.DATA_DIR), {
    machine: thisMachine,
    told: context.stderr,
  })
  try {
    const settings = slipSettings(config)
    const calibration = calibrationOf(await house.slipComparisons(REVIEWS_MAX))
    for (const line of calibrationLines(calibration, settings.sureFrom)) context.stdout(line)
    context.stdout(progressLine(await house.slipCounts(), settings))
    return 0
  } finally {
    await house.close()
  }
}

function calibrationLines(calibration: Calibration, now: number): readonly string[] {
  const rows = calibration.ranges.map(({ from, read, agreed }) => [
    `${from}`.padEnd(10),
    `${read}`.padStart(8),
    `${agreed}`.padStart(8),
    (read === 0 ? '-' : `${((100 * agreed) / read).toFixed(2)} %`).padStart(9),
  ])
  return [
    'confidence     read   agreed     share',
    ...rows.map((cells) => cells.join(' ')),
    '',
    boundLine(calibration, now),
  ]
}

function boundLine({ compared, sureFrom, above, errorMax }: Calibration, now: number): string {
  if (sureFrom !== null)
    return `SLIPS_SURE_FROM=${sureFrom} (now ${now}): none of ${above} above it was wrong, so at most ${(100 * errorMax).toFixed(2)} % are`
  return compared < COMPARED_LEAST
    ? `too few reviews for a bound: ${compared} readings were compared, ${COMPARED_LEAST} are needed`
    : 'no bound can be proposed: even among the surest readings some were wrong'
}

/** Whether there is more to compare, and when slips begin to be accepted without a person. */
function progressLine({ taken, waiting }: SlipCounts, { reviewFirst }: TakeSettings): string {
  const first = `${Math.min(taken, reviewFirst)} of the first ${reviewFirst} slips were taken, which all go to review; `
  return `${reviewFirst === 0 ? '' : first}${waiting} wait for slips review`
}
