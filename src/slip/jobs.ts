import type { SlipSeen } from '../core/slip.ts'
import type { PageLimits, PageProblem, PageRange } from './pages.ts'
import type { Quad } from './read/geometry.ts'

/** What a thread is given to do; `range` null: only count the pages. */
export interface Job {
  readonly file: string
  readonly limits: PageLimits
  readonly range: PageRange | null
}

/** A slip on a page, as a thread tells of it. */
export interface SlipOnPage {
  readonly seen: SlipSeen
  /** From 1, in reading order. */
  readonly position: number
  /** On the page, in pixels; null: something is there, and no slip was found of it. */
  readonly corners: Quad | null
  /** See paper.ts. */
  readonly paper: string
  /** The slip upright, PNG. */
  readonly picture: Uint8Array
}

/** A page that was read. */
export interface PageRead {
  readonly page: number
  /** Nothing is on it. */
  readonly blank: boolean
  readonly slips: readonly SlipOnPage[]
}

/** What came of a page, or of all the rest of a file. */
export type PageTold = ({ readonly kind: 'page' } & PageRead) | ({ readonly kind: 'problem' } & PageProblem)

/** What a thread says of its job. */
export type Told =
  | { readonly kind: 'count'; readonly pages: number }
  | PageTold
  /** `worn`: a file has spoilt something in the thread; the next job is better done by a new one. */
  | { readonly kind: 'done'; readonly worn: boolean }
  | { readonly kind: 'broken'; readonly why: string }
