/** What the registry (the billing export) says of an account; see the registry file's columns. */

/** Zones of a register, the registry's own words. Stores keep their places in this list: a new one goes to its end. */
export const zones = ['TOTAL', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK'] as const
/** See the list of the same name. */
export type Zone = (typeof zones)[number]

/** Services that a meter counts. Stores keep their places in this list: a new one goes to its end. */
export const services = ['ELECTRICITY', 'COLD_WATER', 'HOT_WATER', 'HEAT', 'GAS'] as const
/** See the list of the same name. */
export type Service = (typeof services)[number]

/** One counting unit of a meter. Values are decimal strings in the meter's unit, before the transformer ratio. */
export interface Register {
  /** The meter's own label: `T1`, `T2`, `T3`. */
  readonly register: string
  readonly zone: Zone
  /** Whole digits on the dial. */
  readonly digits: number
  /** Digits after the comma. */
  readonly decimals: number
  /** Last billed value, before the ratio. */
  readonly lastValue: string
  /** The local day of `lastValue`, `2026-10-22`. */
  readonly lastDate: string
  /** Usual consumption a month after the ratio; null: unknown. */
  readonly monthlyUsage: string | null
}

/** A meter of an account. */
export interface Meter {
  /** Serial number as the registry writes it; leading zeros count. */
  readonly meter: string
  readonly service: Service
  readonly status: 'ACTIVE' | 'ARCHIVED'
  /** The serial of the successor of an archived meter. */
  readonly replacedBy: string | null
  /** Transformer ratio, a whole number of at least 1. */
  readonly ratio: number
  /** In register order. */
  readonly registers: readonly Register[]
}

/** A customer's account, with all its meters. */
export interface Account {
  /** Branch id, `amur`. */
  readonly branch: string
  /** Account as the registry writes it, `2880950488`, `36014/42`. */
  readonly account: string
  /** Normalised old number (Cyrillic capitals), or null. */
  readonly oldAccount: string | null
  /** Normalised ЕЛС ГИС ЖКХ, or null. */
  readonly unifiedAccount: string | null
  /** E.164, or null. */
  readonly phone: string | null
  readonly meters: readonly Meter[]
}

/** The latest accepted reading of a meter for a period. */
export interface Standing {
  readonly branch: string
  readonly account: string
  readonly meter: string
  /** `2026-11`. */
  readonly period: string
  /** Register label → decimal string as judged (whole for electricity). */
  readonly registers: Readonly<Record<string, string>>
  /** ISO instant that orders readings of one period: when the channel received the turn that settled it, or last said it again. */
  readonly orderAt: string
  /** The event's `ce_id`. */
  readonly eventId: string
  /** Whether an operator made it. */
  readonly byOperator: boolean
}
