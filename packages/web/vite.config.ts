/**
 * Builds the pages into dist/web. Assets are found from wherever the server is mounted: the page names them behind __BASE__,
 * which the server fills in, and chunks name each other relatively. The contract reaches the browser without its validators.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { ADMINISTRATION_ROUTES } from '../core/contract/administration.ts';
import { CHANGE_ROUTES } from '../core/contract/changes.ts';
import { DEFINITION_ROUTES } from '../core/contract/definitions.ts';
import { DESIGNING_ROUTES } from '../core/contract/designing.ts';
import { DOOR_ROUTES } from '../core/contract/doors.ts';
import { HOLDING_ROUTES } from '../core/contract/holdings.ts';
import { IMPACT_ROUTES } from '../core/contract/impact.ts';
import { INCIDENT_ROUTES } from '../core/contract/incidents.ts';
import { LEDGER_ROUTES } from '../core/contract/ledgers.ts';
import { MESSAGE_ROUTES } from '../core/contract/messages.ts';
import { NAME_ROUTES } from '../core/contract/names.ts';
import { OVERVIEW_ROUTES } from '../core/contract/overviews.ts';
import { PLAY_ROUTES } from '../core/contract/play.ts';
import { RERECORD_ROUTES } from '../core/contract/rerecord.ts';
import { RUNNING_ROUTES } from '../core/contract/running.ts';
import { INBOX_TABS, ROUTES, type Route, TODO_KINDS } from '../core/contract.ts';

const root = import.meta.dirname;

/** The browser needs method, path and repeatability of each route, not the schemas that the server parses with. */
const slim = (routes: Readonly<Record<string, Route>>) =>
  Object.fromEntries(
    Object.entries(routes).map(([name, { method, path, once, stream }]) => [name, { method, path, once, stream }]),
  );

/** Routes that come with the pages that use them (api/client.ts, `learnRoutes`), by the module of the contract. */
const LEARNED: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Route>>>>>> = {
  'contract/administration.ts': { ADMINISTRATION_ROUTES },
  'contract/ledgers.ts': { LEDGER_ROUTES },
  'contract/doors.ts': { DOOR_ROUTES },
  'contract/messages.ts': { MESSAGE_ROUTES },
  'contract/overviews.ts': { OVERVIEW_ROUTES },
  'contract/incidents.ts': { INCIDENT_ROUTES },
  'contract/holdings.ts': { HOLDING_ROUTES },
  'contract/running.ts': { RUNNING_ROUTES },
  'contract/changes.ts': { CHANGE_ROUTES },
  'contract/designing.ts': { DESIGNING_ROUTES },
  'contract/impact.ts': { IMPACT_ROUTES },
  'contract/definitions.ts': { DEFINITION_ROUTES },
  'contract/names.ts': { NAME_ROUTES },
  'contract/play.ts': { PLAY_ROUTES },
  'contract/rerecord.ts': { RERECORD_ROUTES },
};
const later = new Set(Object.values(LEARNED).flatMap((module) => Object.values(module).flatMap(Object.keys)));
const everyday = Object.fromEntries(Object.entries<Route>(ROUTES).filter(([name]) => !later.has(name)));

/** Module of the contract -> what the browser gets of it. */
const SLIM: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'contract.ts': { ROUTES: slim(everyday), INBOX_TABS, TODO_KINDS },
  ...Object.fromEntries(
    Object.entries(LEARNED).map(([module, parts]) => [
      module,
      Object.fromEntries(Object.entries(parts).map(([name, routes]) => [name, slim(routes)])),
    ]),
  ),
};

function slimContract(): Plugin {
  const core = path.resolve(root, '../core');
  return {
    name: 'slim-contract',
    enforce: 'pre',
    load(id) {
      const parts = SLIM[path.relative(core, id)];
      if (!parts) return null;
      return Object.entries(parts)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
        .join('');
    },
  };
}

/**
 * What a library brings along and no page uses: antd's Input carries its search, password and one-time-code fields, the FEEL
 * grammar carries the colours of an editor, Formily the sentences of its own rules in five languages and its patterns (ours judge, in packages/form/accept.ts).
 * They are loaded as if the library had been cut there; a use of the first stops the build.
 */
function slimLibraries(): Plugin {
  const slim: Readonly<Record<string, string>> = {
    'antd/es/input/index.js': `import Input from './Input'; import TextArea from './TextArea'; export default Object.assign(Input, { TextArea });`,
    '@formily/validator/esm/locale.js': 'export default {};',
    '@formily/validator/esm/formats.js': 'export default {};',
    '@lezer/highlight/dist/index.js': `export const styleTags = () => () => null; export const tags = new Proxy(() => null, { get: () => tags });`,
  };
  return {
    name: 'slim-libraries',
    apply: 'build',
    enforce: 'pre',
    load: (id) => Object.entries(slim).find(([file]) => id.endsWith(`node_modules/${file}`))?.[1] ?? null,
    transform(code, id) {
      if (id.startsWith(root) && /\bInput\.(Search|Password|OTP|Group)\b/.test(code))
        this.error(`${id}: see slimLibraries`);
      return null;
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
  plugins: [slimContract(), slimLibraries(), fillMarks(), react()],
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
