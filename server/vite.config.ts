/** Builds the server into dist/server: our own code in a few files, npm packages stay in node_modules. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir: path.join(root, 'dist/server'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: { input: { main: path.join(root, 'server/main.ts') } },
  },
  ssr: { noExternal: [/^@ganwei\//] },
  plugins: [
    {
      name: 'printer-worker',
      closeBundle() {
        copyFileSync(
          path.join(root, 'server/services/printer-worker.mjs'),
          path.join(root, 'dist/server/printer-worker.mjs'),
        );
      },
    },
  ],
});
