import type { ClientBase, Pool } from 'pg'

/** A statement; one with a name is planned once a connection. Names are unique for their text. */
export interface Statement {
  readonly name?: string
  readonly text: string
}

/** A statement with its values. */
export interface Asked {
  readonly statement: Statement
  readonly values: readonly unknown[]
}

/** Asks the database, through a connection or through any of a pool's. */
export interface Session {
  /** Rows as arrays, and how many rows there were or were changed. */
  ask<Row extends readonly unknown[]>(
    statement: Statement,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly count: number }>
}

/** Rows turned into columns, as `unnest` takes them. */
export function columnsOf<Row>(rows: readonly Row[], ...names: readonly (keyof Row)[]): readonly unknown[][] {
  return names.map((name) => rows.map((row) => row[name]))
}

/** The session of a connection or a pool. */
export function sessionOf(to: ClientBase | Pool): Session {
  return {
    async ask<Row extends readonly unknown[]>(statement: Statement, values: readonly unknown[] = []) {
      const query = { ...statement, values: values.map(storable), rowMode: 'array' as const }
      const { rows, rowCount } = await to.query<Row & unknown[]>(query)
      return { rows, count: rowCount ?? 0 }
    },
  }
}

/** PostgreSQL's text takes no NUL; where a customer sent one, it is written as the sign for what can't be shown. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value
  return Array.isArray(value) ? value.map(storable) : value
}
