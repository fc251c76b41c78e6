import { defineConfig } from 'vitest/config';

const EXCLUDED = ['test/web/**', '**/node_modules/**'];

const common = {
  exclude: EXCLUDED,
  // What hangs is to be found, not what is slow on a busy machine: speed is measured by `npm run bench` alone.
  testTimeout: 240_000,
  hookTimeout: 240_000,
  pool: 'forks',
} as const;

/** Unit, property, store and command tests. Browser tests live in test/web and are run by Playwright. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'house',
          include: ['test/**/*.test.ts'],
          exclude: [...EXCLUDED, 'test/web-pages/**'],
          // One file after the other in the same process: what is loaded and compiled once serves them all. No file replaces a part of a module.
          isolate: false,
        },
      },
      // A page of its own for each file.
      { test: { ...common, name: 'pages', include: ['test/**/*.test.tsx', 'test/web-pages/**/*.test.ts'] } },
    ],
  },
});
