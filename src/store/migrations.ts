import { readdirSync, readFileSync } from 'node:fs'

/** A step from one version of the schema to the next; its place in the list, from 1, is the version that it makes. */
export interface Migration {
  /** File name, for the error that names it. */
  readonly name: string
  readonly sql: string
}

/** The migrations of a folder: `0001-….sql`, `0002-….sql`, without a gap. */
export function migrationsIn(folder: URL): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    if (Number(name.slice(0, 4)) !== index + 1) throw new Error(`migration ${name} is not number ${index + 1}`)
    return { name, sql: readFileSync(new URL(name, folder), 'utf8') }
  })
}

/** Throws where a database of this version was made by a newer program than the one that knows `known` versions. */
export function refuseNewer(version: number, known: number): void {
  if (version <= known) return
  const advice = 'use the newer program that made it, or put a backup of before back'
  throw new Error(`the store has schema version ${version}, this program knows ${known}: ${advice}`)
}

/** Throws where a reader, which changes nothing, can't read a database of this version: a newer program's, or an older one's. */
export function refuseOther(version: number, known: number): void {
  refuseNewer(version, known)
  if (version === known) return
  const advice = 'start the gateway, which brings it up to date'
  throw new Error(`the store has schema version ${version}, this program reads ${known}: ${advice}`)
}

/** What is thrown where a step fails: which one, and what the database says of it. */
export function stepFailed({ name }: Migration, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Error(`migration ${name} failed: ${why}`, { cause })
}
