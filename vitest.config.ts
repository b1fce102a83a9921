import { existsSync } from 'node:fs'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const DATABASE_TESTS = ['src/**/*.db.test.ts', 'tests/*.db.test.ts']

const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    test: {
      name: 'pure',
      include: ['{src,demo}/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.js', 'tests/*.test.ts'],
      exclude: ['**/*.db.test.ts', '**/*.slow.test.*'],
    },
  },
  {
    extends: true,
    test: {
      // Pure as well, but with large files or a build: not for every save.
      name: 'slow',
      include: ['{src,demo}/**/*.slow.test.ts', 'scripts/**/*.slow.test.js'],
      testTimeout: 120_000,
    },
  },
  database('db', DATABASE_TESTS),
  database('sync', ['tests/sync/**/*.test.ts']),
  {
    extends: true,
    test: {
      name: 'e2e',
      include: ['tests/e2e/**/*.e2e.ts'],
      globalSetup: existsSync('tests/e2e/setup.ts') ? ['tests/e2e/setup.ts'] : [],
      testTimeout: 60_000,
      hookTimeout: 120_000,
      // Each file drives a browser and a server: two at a time on two cores would measure each other.
      fileParallelism: false,
    },
  },
]

// The same tests once more on a server of another version, such as the oldest supported.
if (process.env.TEST_DATABASE_URL) projects.push(database('db-server', DATABASE_TESTS))

function database(name: string, include: string[]): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      globalSetup: ['tests/kit/postgres-setup.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }
}

export default defineConfig({
  test: { maxWorkers: 2, testTimeout: 10_000, projects },
})
