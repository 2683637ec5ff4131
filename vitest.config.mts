import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: each file brings its own database, and the machines this runs on are small.
    maxWorkers: 2,
    retry: 0,
  },
})
