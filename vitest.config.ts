import { defineConfig } from 'vitest/config';

/** Unit, property, store and command tests. Browser tests live in test/web and are run by Playwright. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/web/**', '**/node_modules/**'],
    // What hangs is to be found, not what is slow on a busy machine: speed is measured by `npm run bench` alone.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
