/** Browser tests: the built product in demo mode, driven in the system's Chromium. One worker: the tests share one server and its clock. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const PORT = Number(process.env.WEB_TEST_PORT ?? 3988);

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: path.join(tmpdir(), 'ganwei-browser'),
  workers: 1,
  // A browser on a busy machine may miss a moment; a second run tells that from a fault, and the report says `flaky`.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 6_000,
    navigationTimeout: 15_000,
    baseURL: `http://localhost:${PORT}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: 'node --disallow-code-generation-from-strings dist/server/main.js',
    cwd: path.resolve(import.meta.dirname, '../..'),
    url: `http://localhost:${PORT}/readyz`,
    env: {
      PORT: String(PORT),
      DATA_DIR: mkdtempSync(path.join(tmpdir(), 'ganwei-web-')),
      DEMO: '1',
      DEMO_PASSWORD: 'browser-test-1',
      LOG_LEVEL: 'error',
    },
    timeout: 120_000,
  },
});
