/**
 * Owns the law of the house as data: which room may import which, who owns which library, what no file may contain, and that the
 * rule book and the error book agree with the code. A new exception is written here, with its reason, or it does not exist.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REASON_WORDS } from '@ganwei/core/reason';
import { REFUSALS } from '@ganwei/core/refusal';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Room -> rooms it may import from. `process/lint` alone opens only that folder. Platform stands above every room of the server. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  feel: ['core'],
  calendar: ['core'],
  form: ['core', 'feel'],
  process: ['core', 'feel'],
  decision: ['core', 'feel'],
  letter: ['core', 'feel'],
  release: ['core', 'feel', 'calendar', 'form', 'process', 'decision', 'letter'],
  store: ['core'],
  catalogue: ['core', 'feel', 'calendar', 'form', 'process', 'decision', 'letter', 'release', 'store'],
  services: ['core', 'feel', 'calendar', 'form', 'decision', 'letter', 'release', 'store', 'catalogue'],
  case: ['core', 'feel', 'calendar', 'form', 'process', 'release', 'store', 'catalogue', 'services'],
  commands: ['core', 'feel', 'calendar', 'form', 'process', 'release', 'store', 'catalogue', 'services', 'case'],
  queries: ['core', 'feel', 'calendar', 'form', 'process', 'release', 'store', 'catalogue'],
  identity: ['core', 'calendar', 'commands', 'queries', 'store', 'catalogue'],
  directory: ['core', 'feel', 'calendar', 'release', 'store', 'catalogue', 'identity'],
  publishing: ['core', 'calendar', 'feel', 'letter', 'release', 'store', 'catalogue', 'commands', 'queries'],
  worker: ['core', 'commands', 'queries', 'publishing', 'store', 'catalogue'],
  sandbox: ['core', 'calendar', 'process', 'release', 'store', 'catalogue', 'commands'],
  http: ['core', 'calendar', 'commands', 'queries', 'catalogue', 'identity', 'directory', 'publishing'],
  platform: [
    'core',
    'calendar',
    'release',
    'store',
    'catalogue',
    'services',
    'commands',
    'queries',
    'identity',
    'directory',
    'publishing',
    'sandbox',
    'worker',
    'http',
  ],
  web: ['core', 'feel', 'calendar', 'form', 'letter', 'process/lint', 'process/foreign', 'decision', 'release'],
  embed: ['core'],
};

/** Every page of the web stands on these; pages do not know each other, but by the table. */
const GROUND = ['messages', 'binding', 'kit', 'api', 'session'];

/** Floor of the web -> floors it may import from. kit knows no server, api no person, a page no frame; binding draws forms anywhere. */
const WEB_FLOORS: Readonly<Record<string, readonly string[]>> = {
  messages: [],
  binding: [],
  kit: ['messages'],
  api: ['binding', 'kit'],
  session: ['messages', 'kit', 'api'],
  inbox: GROUND,
  trace: GROUND,
  letter: [...GROUND, 'trace'],
  ledger: GROUND,
  overview: GROUND,
  task: [...GROUND, 'trace'],
  start: [...GROUND, 'trace', 'task'],
  admin: [...GROUND, 'ledger', 'task'],
  design: GROUND,
  shell: [...GROUND, 'inbox', 'trace', 'letter', 'ledger', 'overview', 'task', 'start', 'admin', 'design'],
  'main.tsx': ['kit', 'shell'],
};

/** Reading definitions takes seconds: it is done in workers; the rest of the web knows of releases only how they are written. */
const READS_DEFINITIONS = ['packages/web/design/check/', 'packages/web/design/change/compare-worker.ts'];

/** File -> file it may import although its room may not. */
const DOORS: readonly (readonly [from: string, to: string, reason: string])[] = [
  ['server/http/metrics.ts', 'server/store/open.ts', 'the gauges count rows of open work; no request passes here'],
];

/** Library -> the rooms that may know it. A library that is not here has no owner and may not be imported. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  zod: ['core', 'release', 'http'],
  diff: ['release'],
  'zod-openapi': ['http'],
  'lezer-feel': ['feel'],
  'decimal.js': ['feel'],
  'fastest-levenshtein': ['feel'],
  '@formily/core': ['form', 'web'],
  '@formily/json-schema': ['form', 'web'],
  '@formily/reactive': ['form', 'web'],
  '@formily/react': ['web'],
  'bpmn-engine': ['process'],
  'bpmn-elements': ['process'],
  'bpmn-moddle': ['process'],
  'moddle-context-serializer': ['process'],
  saxen: ['process', 'release'],
  'jsonc-parser': ['release'],
  'dmn-moddle': ['decision'],
  yaml: ['letter'],
  '@myriaddreamin/typst-ts-node-compiler': ['services'],
  knex: ['store'],
  libsql: ['store'],
  'write-excel-file': ['queries', 'directory', 'web'],
  'read-excel-file': ['directory', 'web'],
  'csv-parse': ['directory'],
  fflate: ['directory', 'publishing'],
  '@zxcvbn-ts/core': ['identity'],
  '@zxcvbn-ts/language-common': ['identity'],
  otpauth: ['identity'],
  'openid-client': ['identity'],
  jose: ['identity'],
  uqr: ['identity'],
  nodemailer: ['worker'],
  standardwebhooks: ['worker'],
  koa: ['http'],
  '@koa/router': ['http'],
  '@koa/bodyparser': ['http'],
  'koa-compress': ['http'],
  busboy: ['http'],
  'file-type': ['http'],
  'prom-client': ['http'],
  pino: ['platform'],
  react: ['web', 'embed'],
  'react-dom': ['web', 'embed'],
  antd: ['web'],
  '@ant-design/icons': ['web'],
  dayjs: ['web'],
  swr: ['web'],
  '@noble/ciphers': ['web'],
  wouter: ['web'],
  echarts: ['web'],
  'bpmn-js': ['web'],
  'diagram-js': ['web'],
  'diagram-js-minimap': ['web'],
  elkjs: ['web'],
};

/** Libraries that no TypeScript file imports, each with what loads it. */
const LOADED_OTHERWISE: Readonly<Record<string, string>> = {
  '@myriaddreamin/typst-ts-node-compiler': 'server/services/printer-worker.mjs',
  mysql2: 'server/store/mysql.ts, by createRequire; knex by the name of its client',
};

/** Folders with a package.json of their own. */
const ROOMS_WITH_PACKAGE = ['server', ...readdirSync(path.join(ROOT, 'packages')).map((room) => `packages/${room}`)];

/** Rooms that must behave alike everywhere: no machine, no clock, no chance, no network. */
const PURE = ['core', 'feel', 'calendar', 'form', 'process', 'decision', 'letter', 'release'];
const IMPURE =
  /\bDate\.now\(|\bMath\.random\(|\bfetch\(|\bprocess\.(env|cwd|argv)\b|\bnew Date\(\)|\bsetTimeout\(|\brequire\(/;

/** Who reads the environment, and why. */
const READS_ENVIRONMENT: Readonly<Record<string, string>> = {
  'server/main.ts': 'the composition root of the stand-alone server',
  'server/services/printer.ts': 'hands what finds fonts, and nothing else, on to its child process',
};

/** Processes are data: none is named by the machine. (FEEL's `tolerant` mode is a word of the machine.) */
const DOMAIN = /容错|约谈|提醒函|报备|销号|整改|免责|减责|问责|纪委|tolerance|interview|rectif|exempt/i;

const FORBIDDEN_NAMES = /^(utils?|helpers?|common|managers?|types|misc|lib)(\.|$)/;

/** Sentences for people stand in tables (core/reason.ts, refusal.ts, written.ts); where else the server may write Chinese, and what for. */
const WRITES_CHINESE: Readonly<Record<string, string>> = {
  'server/main.ts': 'what the operator reads on the console',
  'server/platform.ts': 'what the operator reads in the log',
  'server/identity/administrator.ts': 'answers of a command line',
  'server/commands/examine.ts': 'a finding about content, for its author',
  'server/commands/examiner.ts': 'a finding about content, for its author',
  'server/directory/columns.ts': 'titles of the columns of a list',
  'server/store/mysql.ts': 'why a server does not start',
  'server/store/migrations/index.ts': 'why a server does not start',
  'server/catalogue/catalogue.ts': 'a finding about content, for its author',
  'server/catalogue/language.ts': 'a finding about functions, for the host program',
  'server/case/ledger-rows.ts': 'a value of a ledger’s cell',
  'server/services/letter.ts': 'how letters are numbered',
  'server/queries/ledger.ts': 'the mark on an exported sheet',
  'server/queries/audit.ts': 'the titles of the exported log',
  'server/http/upload.ts': 'the name of a file without one',
  'server/http/openapi.ts': 'the description of the interface',
  'server/publishing/draw-letter.ts': 'what stands for the number of a letter',
};
/** Services are called something, in the table of each. */
const SERVICE_LABEL = /\blabel: '[^']+'/g;

/** Rows are values once the store has read them; what else of the server makes values of texts. */
const READS_JSON: Readonly<Record<string, string>> = {
  'server/catalogue/library.ts': 'the text of a form',
  'server/demo.ts': 'the file of the demo’s organisation',
  'server/main.ts': 'package.json and settings from the environment',
  'server/http/body.ts': 'the body of a request, when its limits have been counted',
  'server/queries/inbox.ts': 'the mark of a page, as the browser sent it',
  'server/worker/channels.ts': 'the answer of another system',
};
/** Instants, sizes and flags of rows are numbers and truth values already. */
const CONVERTS_ROW = /\bNumber\((?:\w+[.!?]+)+\w*(?:_at|_due|size)\)|\bBoolean\((?:row|task|item|post|account)\./;

const CEILING = 400;
/** Longer files, each with its reason. */
const LONG: Readonly<Record<string, string>> = {
  'server/store/migrations/0001-first.ts': 'one migration is one file, and a released one never changes',
};

interface Source {
  /** path below the root */
  file: string;
  room: string;
  text: string;
  /** without comments */
  code: string;
  imports: { to: string; typeOnly: boolean }[];
}

const SOURCES: readonly Source[] = ['packages', 'server'].flatMap((top) => filesBelow(top)).map(read);
const TESTS = filesBelow('test').filter((file) => file !== 'test/house.test.ts');

describe('rooms', () => {
  test('[HOUSE1] every import goes downward, by the table', () => {
    const wrong: string[] = [];
    for (const { file, room, imports } of SOURCES) {
      expect(Object.keys(MAY_IMPORT), file).toContain(room);
      for (const { to } of imports) {
        if (!isOurs(to) || roomOf(to) === room) continue;
        const allowed = MAY_IMPORT[room]!.some(
          (target) => roomOf(to) === target || to.startsWith(`packages/${target}/`),
        );
        if (!allowed && !DOORS.some(([from, door]) => from === file && door === to)) wrong.push(`${file} -> ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('[HOUSE1] the table itself has no circle, and every door is used', () => {
    const level = (room: string, path: readonly string[] = []): void => {
      expect(path).not.toContain(room);
      for (const target of MAY_IMPORT[room.split('/')[0]!] ?? []) level(target.split('/')[0]!, [...path, room]);
    };
    for (const room of Object.keys(MAY_IMPORT)) level(room);
    for (const [from, to] of DOORS) {
      expect(SOURCES.find(({ file }) => file === from)?.imports.map((entry) => entry.to)).toContain(to);
    }
  });

  test('[HOUSE8] within the web every import goes downward, by the table of floors', () => {
    const floors = Object.keys(WEB_FLOORS);
    for (const [index, floor] of floors.entries()) {
      expect(floors.slice(0, index)).toEqual(expect.arrayContaining([...WEB_FLOORS[floor]!]));
    }
    const wrong: string[] = [];
    for (const { file, imports } of SOURCES.filter(({ room }) => room === 'web')) {
      const floor = file.split('/')[2]!;
      expect(floors, file).toContain(floor);
      for (const { to } of imports) {
        const [top, room, target] = to.split('/');
        if (top !== 'packages' || room !== 'web' || target === floor) continue;
        if (!WEB_FLOORS[floor]!.includes(target!)) wrong.push(`${file} -> ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('[HOUSE8] releases are opened in a worker, never by a page', () => {
    // what says how definitions are called and begin loads no compiler
    const PLAIN = ['definition', 'paths', 'blank', 'json-text'].map((file) => `packages/release/${file}.ts`);
    const opening = SOURCES.filter(
      ({ room, imports }) =>
        room === 'web' &&
        imports.some(({ to, typeOnly }) => !typeOnly && to.startsWith('packages/release/') && !PLAIN.includes(to)),
    ).map(({ file }) => file);
    expect(opening.filter((file) => !READS_DEFINITIONS.some((place) => file.startsWith(place)))).toEqual([]);
    const pages = SOURCES.filter(({ room }) => room === 'web').flatMap(({ file, imports }) =>
      imports.some(({ to, typeOnly }) => !typeOnly && to === 'packages/web/design/check/bench.ts') ? [file] : [],
    );
    expect(pages).toEqual(['packages/web/design/check/worker.ts']);
  });

  test('[HOUSE1] files do not load each other in a circle', () => {
    expect(circles()).toEqual([]);
  });

  test('[HOUSE2] every library has an owner, and nobody else knows it', () => {
    const wrong: string[] = [];
    for (const source of SOURCES) {
      for (const library of librariesOf([source]))
        if (!OWNERS[library]?.includes(source.room)) wrong.push(`${source.file} -> ${library}`);
    }
    expect(wrong).toEqual([]);
  });

  test('[HOUSE62] what a room declares it imports, and what it imports it declares; every owner of the table uses his library', () => {
    const wrong = ROOMS_WITH_PACKAGE.flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
      const declared = Object.keys(manifest.dependencies ?? {});
      const used = librariesOf(SOURCES.filter(({ file }) => file.startsWith(`${folder}/`)));
      return [
        ...declared
          .filter((library) => !used.has(library) && !(library in LOADED_OTHERWISE))
          .map((one) => `${folder} -${one}`),
        ...[...used].filter((library) => !declared.includes(library)).map((one) => `${folder} +${one}`),
      ];
    });
    expect(wrong).toEqual([]);
    const idle = Object.entries(OWNERS).filter(
      ([library]) => !librariesOf(SOURCES).has(library) && !(library in LOADED_OTHERWISE),
    );
    expect(idle.map(([library]) => library)).toEqual([]);
  });

  test('[HOUSE3] the lower rooms know no machine, no clock, no chance and no network', () => {
    const wrong = SOURCES.filter(({ room }) => PURE.includes(room)).flatMap(({ file, code, imports }) => [
      ...imports.filter(({ to }) => to.startsWith('node:')).map(({ to }) => `${file} -> ${to}`),
      ...(code.match(IMPURE) ?? []).slice(0, 1).map((found) => `${file}: ${found}`),
    ]);
    expect(wrong).toEqual([]);
  });

  test('[HOUSE3] the environment is read in one place, and only the pages’ own code may be built from texts', () => {
    const env = SOURCES.filter(({ code }) => /\bprocess\b[^;]*\benv\b|\benv\b.*= process/.test(code));
    expect(env.map(({ file }) => file)).toEqual(Object.keys(READS_ENVIRONMENT));
    const built = SOURCES.filter(({ code }) => /\beval\(|\bnew Function\(|from 'node:vm'/.test(code));
    expect(built.map(({ file }) => file)).toEqual([]);
  });
});

describe('words and sizes', () => {
  test('[HOUSE4] no file of the machine names a business process', () => {
    const wrong = SOURCES.flatMap(({ file, text }) => {
      const found = DOMAIN.exec(text);
      return found ? [`${file}: ${found[0]}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('[HOUSE60] the server assembles no sentence: reasons have codes, their words stand in tables', () => {
    const written = SOURCES.filter(({ file }) => file.startsWith('server/')).filter(({ file, code }) =>
      /\p{Script=Han}/u.test(file.startsWith('server/services/') ? code.replace(SERVICE_LABEL, '') : code),
    );
    expect(written.map(({ file }) => file).sort()).toEqual(Object.keys(WRITES_CHINESE).sort());
  });

  test('[HOUSE61] rows become values in the store, and nowhere else', () => {
    const beyond = SOURCES.filter(({ file }) => file.startsWith('server/') && !file.startsWith('server/store/'));
    const parsing = beyond.filter(({ code }) => code.includes('JSON.parse('));
    expect(parsing.map(({ file }) => file).sort()).toEqual(Object.keys(READS_JSON).sort());
    expect(beyond.flatMap(({ file, code }) => (CONVERTS_ROW.test(code) ? [file] : []))).toEqual([]);
  });

  test('[HOUSE60] every reason and refusal says the same in English, without Chinese and with the same names', () => {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [code, { zh, en }] of Object.entries({ ...REASON_WORDS, ...REFUSALS })) {
      expect([code, names(en)]).toEqual([code, names(zh)]);
      expect([code, /\p{Script=Han}/u.test(en)]).toEqual([code, false]);
    }
  });

  test('[HOUSE60] every reason is given somewhere', () => {
    const others = SOURCES.filter(({ file }) => !file.startsWith('packages/core/reason')).map(({ code }) => code);
    const idle = Object.keys(REASON_WORDS).filter(
      (code) => !code.startsWith('operation.') && !others.some((text) => text.includes(`'${code}'`)),
    );
    expect(idle).toEqual([]);
  });

  test('[HOUSE5] no file or folder has a name that says nothing', () => {
    const wrong = SOURCES.filter(({ file }) => file.split('/').some((part) => FORBIDDEN_NAMES.test(part)));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test('[HOUSE5] a file has at most 400 lines, or a reason; every reason is needed', () => {
    const long = SOURCES.filter(({ text }) => text.split('\n').length > CEILING + 1).map(({ file }) => file);
    expect(long.sort()).toEqual(Object.keys(LONG).sort());
  });

  test('[HOUSE5] every file opens by saying what it is for', () => {
    const wrong = SOURCES.filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text)).map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

describe('the books', () => {
  const rules = readFileSync(path.join(ROOT, 'docs/RULES.md'), 'utf8');
  const errors = readFileSync(path.join(ROOT, 'docs/ERRORS.md'), 'utf8');
  const known = new Set([...rules.matchAll(/^- \[([A-Z]+\d+)\]/gm)].map((match) => match[1]!));
  const quoted = new Set(TESTS.flatMap((file) => idsIn(readFileSync(path.join(ROOT, file), 'utf8'))));

  test('[HOUSE6] every rule stands once in docs/RULES.md', () => {
    expect(rules.match(/^- \[[A-Z]+\d+\]/gm)).toHaveLength(known.size);
  });

  test('[HOUSE6] every rule that a test or a file quotes stands in docs/RULES.md', () => {
    const missing = [...quoted].filter((id) => !known.has(id));
    const inCode = SOURCES.flatMap(({ file, text }) => idsIn(text).map((id) => [file, id] as const));
    expect([...missing, ...inCode.filter(([, id]) => !known.has(id)).map((pair) => pair.join(' '))]).toEqual([]);
  });

  test('[HOUSE6] every rule of docs/RULES.md is quoted by a test', () => {
    const own = idsIn(readFileSync(path.join(ROOT, 'test/house.test.ts'), 'utf8'));
    expect([...known].filter((id) => !quoted.has(id) && !own.includes(id))).toEqual([]);
  });

  test('[HOUSE7] docs/ERRORS.md lists every refusal with its status and sentence, and no other', () => {
    const rows = [...errors.matchAll(/^\| `([\w.-]+)` +\| (\d+) +\| (.*?) +\| (.*?) +\|$/gm)].map((match) =>
      match.slice(1, 4),
    );
    const expected = Object.entries(REFUSALS).map(([code, { status, zh }]) => [code, String(status), zh]);
    expect(rows.sort()).toEqual(expected.sort());
  });

  test('[HOUSE7] every refusal is thrown somewhere', () => {
    const used = SOURCES.filter(({ file }) => file !== 'packages/core/refusal.ts').map(({ code }) => code);
    const idle = Object.keys(REFUSALS).filter((code) => !used.some((text) => text.includes(`'${code}'`)));
    expect(idle).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(at);
    // Configurations of tools stand outside the house.
    return /\.tsx?$/.test(entry.name) && !/\.(config|d)\.ts$/.test(entry.name) ? [at] : [];
  });
}

function read(file: string): Source {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return { file, room: roomOf(file), text, code, imports: importsOf(file, code) };
}

function importsOf(file: string, code: string): Source['imports'] {
  const found: Source['imports'] = [];
  const statement = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'/gm;
  for (const [, type, names, to] of code.matchAll(statement)) {
    const allTypes =
      /^\{[^}]*\}$/.test(names ?? '') &&
      names!
        .slice(1, -1)
        .split(',')
        .every((n) => /^\s*(type |$)/.test(n));
    found.push({ to: resolve(file, to!), typeOnly: type !== undefined || allTypes });
  }
  // A dynamic import is loaded later: a room's border like any other, but never a circle.
  for (const [, to] of code.matchAll(/\b(?:import|require)\(\s*'([^']+)'/g))
    found.push({ to: resolve(file, to!), typeOnly: true });
  return found;
}

/** The file below the root that a specifier means; a library's name as it is. */
function resolve(file: string, to: string): string {
  if (to.startsWith('.')) return path.join(path.dirname(file), to);
  return to.startsWith('@ganwei/') ? `packages/${to.slice('@ganwei/'.length)}.ts` : to;
}

function roomOf(file: string): string {
  const [top, ...rest] = file.split('/');
  if (top === 'packages') return rest[0]!;
  return rest.length === 1 ? 'platform' : rest[0]!;
}

/** Names of the packages, not ours, that files import. */
function librariesOf(sources: readonly Source[]): Set<string> {
  const specifiers = sources.flatMap(({ imports }) => imports.map(({ to }) => to));
  const foreign = specifiers.filter((to) => !isOurs(to) && !to.startsWith('node:'));
  return new Set(
    foreign.map((to) =>
      to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

function isOurs(to: string): boolean {
  return to.startsWith('packages/') || to.startsWith('server/');
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/\[([A-Z]+\d+)\]/g)].map((match) => match[1]!);
}

/** Circles among imports that are needed when a file is loaded, each as the way round. */
function circles(): string[] {
  const next = new Map(
    SOURCES.map(({ file, imports }) => [file, imports.filter((entry) => !entry.typeOnly).map((entry) => entry.to)]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' > '));
    if (way.includes(file) || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const { file } of SOURCES) visit(file, []);
  return found;
}
