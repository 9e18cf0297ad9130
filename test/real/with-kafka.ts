import { describe, inject } from 'vitest'
import type {} from './kafka-setup.ts'

/**
 * A suite that needs the real broker, in a file named `*.kafka.test.ts` (or below `test/e2e`). All files share one broker,
 * so each takes topics and groups of its own name. Skipped, with the reason in its title, where there is no broker.
 */
export function describeWithKafka(title: string, suite: (brokers: string) => void): void {
  const kafka = inject('kafka')
  if (kafka === undefined) throw new Error('a test with a real broker stands in a file named *.kafka.test.ts')
  if ('brokers' in kafka) describe(title, () => suite(kafka.brokers))
  else describe.skip(`${title} (skipped: ${kafka.missing})`, () => suite('127.0.0.1:1'))
}
