/** Owns loading the house's own sources from a script, which is plain JavaScript: as vite understands them, without a build. */
import path from 'node:path';
import { root } from './prepare.mjs';

/** The module of a file below the root. vite is loaded only here: other scripts run before it is installed. */
export async function load(file) {
  const { runnerImport } = await import('vite');
  return (await runnerImport(path.join(root, file))).module;
}
