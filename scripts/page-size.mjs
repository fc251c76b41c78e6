/** `node scripts/page-size.mjs`: gzip size of the JavaScript that the first visit of a staff member loads; fails above a limit. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './prepare.mjs';

/** Kilobytes of gzip. The workbench opens no form: it must not load their language. */
const LIMITS = { workbench: 180, 'workbench and task': 300 };
const folder = path.join(root, 'dist/web');
const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8'));

/** Files of these entries with everything they import statically. */
function filesOf(names) {
  const files = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const name of names) visit(name);
  return [...files].filter((file) => file.endsWith('.js'));
}

const kilobytes = (names) =>
  filesOf(names).reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length / 1024, 0);

const ENTRY = 'index.html';
const ROUTES = {
  'sign-in': [ENTRY, 'session/sign-in.tsx'],
  workbench: [ENTRY, 'inbox/workbench.tsx'],
  'workbench and task': [ENTRY, 'inbox/workbench.tsx', 'task/task-page.tsx'],
  'start page': [ENTRY, 'start/start-page.tsx'],
  'diagram (when asked for)': ['trace/diagram.tsx'],
  ledger: [ENTRY, 'ledger/ledger-page.tsx'],
};
for (const [name, entries] of Object.entries(ROUTES))
  console.log(`${kilobytes(entries).toFixed(1).padStart(7)} KB  ${name}`);
for (const [name, limit] of Object.entries(LIMITS)) {
  if (kilobytes(ROUTES[name]) <= limit) continue;
  console.error(`${name} exceeds ${limit} KB`);
  process.exitCode = 1;
}
