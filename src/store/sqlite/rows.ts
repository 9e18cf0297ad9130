import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

/** A statement whose rows come as arrays. */
export function rowsOf<Row>(
  database: DatabaseSync,
  sql: string,
): (...values: readonly SQLInputValue[]) => readonly Row[] {
  const statement = database.prepare(sql, { returnArrays: true })
  return (...values) => statement.all(...values) as unknown as Row[]
}
