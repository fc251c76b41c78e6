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
    rolldownOptions: {
      input: {
        main: path.join(root, 'server/main.ts'),
        examine: path.join(root, 'server/commands/examine.ts'),
        'sandbox-thread': path.join(root, 'server/sandbox-thread.ts'),
        'impact-work': path.join(root, 'server/publishing/impact-work.ts'),
      },
      // Beside one another: files find the worker scripts by their own address.
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: [/^@ganwei\//] },
  plugins: [
    {
      name: 'workers',
      closeBundle() {
        for (const file of [
          'services/printer-worker.mjs',
          'commands/examiner-worker.mjs',
          'sandbox/sandbox-worker.mjs',
          'publishing/impact-worker.mjs',
        ])
          copyFileSync(path.join(root, 'server', file), path.join(root, 'dist/server', path.basename(file)));
      },
    },
  ],
});
