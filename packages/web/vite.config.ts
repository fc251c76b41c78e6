/**
 * Builds the pages into dist/web. Assets are found from wherever the server is mounted: the page names them behind __BASE__,
 * which the server fills in, and chunks name each other relatively. The contract reaches the browser without its validators.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { AUDIT_ACTS, INBOX_TABS, ROUTES, type Route } from '../core/contract.ts';

const root = import.meta.dirname;

/** The browser needs method, path and repeatability of each route, not the schemas that the server parses with. */
function slimContract(): Plugin {
  const file = path.resolve(root, '../core/contract.ts');
  const slim = Object.entries(ROUTES as Record<string, Route>).map(([name, { method, path, once, stream }]) => [
    name,
    { method, path, once, stream },
  ]);
  return {
    name: 'slim-contract',
    enforce: 'pre',
    load(id) {
      if (id !== file) return null;
      const parts = { ROUTES: Object.fromEntries(slim), INBOX_TABS, AUDIT_ACTS };
      return Object.entries(parts)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
        .join('');
    },
  };
}

/** In development there is no server that fills the page's two marks. */
function fillMarks(): Plugin {
  return {
    name: 'fill-marks',
    apply: 'serve',
    transformIndexHtml: (html) => html.replaceAll('__BASE__', '/').replaceAll('__NONCE__', ''),
  };
}

/** Packages whose modules do nothing but export, though they do not say so: what is not used of them is left out. */
const PURE = /node_modules\/(@rc-component|@ant-design|@lezer|lezer-feel|decimal\.js|@cfworker)\//;

export default defineConfig({
  root,
  base: './',
  logLevel: 'warn',
  plugins: [slimContract(), fillMarks(), react()],
  experimental: {
    renderBuiltUrl: (name, { hostType }) => (hostType === 'html' ? `__BASE__${name}` : { relative: true }),
  },
  build: {
    outDir: path.resolve(root, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !PURE.test(id) } },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
