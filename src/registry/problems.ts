import type { Column } from './columns.ts'

/** What is wrong with the file, and where; never the value itself, which may be personal. */
export interface Problem {
  /** Line of the file, from 1. */
  readonly line: number
  /** null: the line as a whole. */
  readonly column: Column | null
  readonly what: string
}

/** Gathers problems while a file is read. */
export interface Problems {
  add(line: number, column: Column | null, what: string): void
  /** How many there are. */
  readonly count: number
  /** The first of them in order of discovery, at most `listedMax`; a file that is wrong throughout must not fill memory. */
  readonly listed: readonly Problem[]
}

/** A new list, keeping at most `listedMax` problems and counting the rest. */
export function collectProblems(listedMax: number): Problems {
  const listed: Problem[] = []
  let count = 0
  return {
    add(line, column, what) {
      count++
      if (listed.length < listedMax) listed.push({ line, column, what })
    },
    get count() {
      return count
    },
    listed,
  }
}

/** `line 12, column phone: is no E.164 number`, one a problem, in the order of lines, and how many more there are. */
export function problemLines({ count, listed }: Pick<Problems, 'count' | 'listed'>): string[] {
  const lines = [...listed]
    .sort((one, other) => one.line - other.line)
    .map(({ line, column, what }) => `line ${line}${column === null ? '' : `, column ${column}`}: ${what}`)
  return count > listed.length ? [...lines, `and ${count - listed.length} more problems`] : lines
}
