/** What was seen on a paper slip (form R1), before the registry is asked: the port between those who look and those who judge. */

/** What the digit net says of one box. All together sum to 1. */
export interface BoxSeen {
  /** Probability of each digit, 0 to 9. */
  readonly digits: readonly number[]
  /** Nothing is written there. */
  readonly empty: number
  /** A dash, which means the same as nothing before the first digit. */
  readonly dash: number
  /** Crossed out, overwritten, blotted, two digits: a person has to look. */
  readonly junk: number
}

/** The form has room for no longer row. */
export const BOXES_MAX = 8

/** One register's row of boxes: so many before the comma, and so many behind it. */
export interface RowLayout {
  /** `T1`, `T2`, `T3`, in the order of the rows. */
  readonly register: string
  readonly whole: number
  readonly decimals: number
}

/** A row as it was seen. */
export interface RowSeen extends RowLayout {
  /** From left to right. */
  readonly boxes: readonly BoxSeen[]
  /** Ink beside the boxes, where a number or a correction may stand. */
  readonly strayInk: boolean
}

/** Who the slip is of, as its code says, with check digits that are right. */
export interface SlipIdentity {
  readonly account: string
  readonly meter: string
  /** `2025-11`: for which month it was printed; people use old ones, so it decides nothing. */
  readonly printedFor: string
}

/** One slip on a page. */
export interface SlipSeen {
  /** null: its code can't be read. */
  readonly identity: SlipIdentity | null
  /** Empty where neither code nor marks told where the boxes are. */
  readonly rows: readonly RowSeen[]
}
