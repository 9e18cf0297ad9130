import type { TestProject } from 'vitest/node'
import { startKafka } from './kafka.ts'

/** What the tests of the `kafka` ring get: brokers, or why there are none. */
export type ProvidedKafka = { readonly brokers: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    kafka: ProvidedKafka
  }
}

/** Starts one broker for all files of the ring. Without one its tests are skipped, aloud; under CI that is a failure. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const kafka = await startKafka()
    project.provide('kafka', { brokers: kafka.brokers })
    return kafka.stop
  } catch (error) {
    if (process.env['CI'] === 'true') throw error
    const missing = error instanceof Error ? error.message : String(error)
    process.stderr.write(`\n*** SKIPPED: every test with a real Kafka broker. ${missing} ***\n\n`)
    project.provide('kafka', { missing })
    return undefined
  }
}
