import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

/** What the tests of the `postgres` ring get: the server, or why there is none. */
export type ProvidedPostgres = { readonly url: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ProvidedPostgres
  }
}

/** Starts one server for all files of the ring. Without one its tests are skipped, aloud; under CI that is a failure. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const postgres = await startPostgres()
    project.provide('postgres', { url: postgres.url })
    return postgres.stop
  } catch (error) {
    if (process.env['CI'] === 'true') throw error
    const missing = error instanceof Error ? error.message : String(error)
    process.stderr.write(`\n*** SKIPPED: every test with a real PostgreSQL. ${missing} ***\n\n`)
    project.provide('postgres', { missing })
    return undefined
  }
}
