import { defineConfig } from 'vitest/config'

/**
 * Four rings of tests. `pure` holds those of code without I/O, levels 0 to 2 of `src/README.md`: nothing that a file leaves
 * behind could reach another one, so they share their modules. `parts` opens files, threads, browsers and gateways of its own.
 * A file that needs a real broker is named `*.kafka.test.ts` (or stands in `test/e2e`), one that needs a real PostgreSQL
 * `*.postgres.test.ts`: its ring starts the part once, before its first file, and only when one of its files runs.
 */
const resultsFile = 'node_modules/.vitest/results.json'
const pureFiles = ['test/{schemas,core,language,dialog,channel,outbox}/**/*.test.ts']
const kafkaFiles = ['test/**/*.kafka.test.ts', 'test/e2e/**/*.test.ts']
const postgresFiles = ['test/**/*.postgres.test.ts']

export default defineConfig({
  test: {
    restoreMocks: true,
    // Files wait for processes of theirs more than for a core: one more than a small machine has cores.
    maxWorkers: 3,
    // No machine is too slow to be right: patience ends only where something will never come.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The counts that .ci/run ends with.
    reporters: process.env['CI'] === 'true' ? ['default', ['json', { outputFile: resultsFile }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: pureFiles,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...pureFiles, ...kafkaFiles, ...postgresFiles],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: postgresFiles,
          globalSetup: ['test/real/postgres-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'kafka',
          include: kafkaFiles,
          globalSetup: ['test/real/kafka-setup.ts'],
        },
      },
    ],
  },
})
