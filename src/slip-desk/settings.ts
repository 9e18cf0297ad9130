import type { Config } from '../config.ts'
import { SLIP_CHANNEL, type TakeSettings } from '../slip/take.ts'

/** How slips are taken, as the channel's own variables say. */
export function slipSettings({ channelEnv }: Pick<Config, 'channelEnv'>): TakeSettings {
  const { SLIPS_REVIEW_FIRST, SLIPS_AUDIT_SHARE, SLIPS_SURE_FROM } = channelEnv[SLIP_CHANNEL] ?? {}
  return {
    reviewFirst: Number(SLIPS_REVIEW_FIRST),
    auditShare: Number(SLIPS_AUDIT_SHARE),
    sureFrom: Number(SLIPS_SURE_FROM),
  }
}
