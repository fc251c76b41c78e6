/**
 * Owns asking the real server everything over HTTP: every route that reads, as one account, with every id there is, also those that account
 * was never told. A route that is added does not compile until it stands in the table.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Body,
  INBOX_TABS,
  type Params,
  type Query,
  ROUTES,
  type Route,
  type RouteName,
} from '@ganwei/core/contract';
import { unzipSync } from 'fflate';
import { makeApp } from '../../server/http/app.ts';
import { makeMetrics } from '../../server/http/metrics.ts';
import { hashOf } from '../../server/identity/guessing.ts';
import { Runs } from '../../server/publishing/impact-runs.ts';
import { addSession } from '../../server/store/sessions.ts';
import type { World } from '../commands/world.ts';
import { Browser } from '../http/site.ts';

type Getting = { [N in RouteName]: (typeof ROUTES)[N]['method'] extends 'GET' ? N : never }[RouteName];
type Reading = Getting | 'ledgerRows' | 'exportLedger' | 'previewRunning' | 'exportAudit' | 'exportDirectory';

/** What there is to ask for, whether or not the account knows of it. */
interface There {
  cases: string[];
  /** open ones and those that are done */
  tasks: string[];
  letters: string[];
  files: string[];
  incidents: string[];
  drafts: string[];
  people: string[];
  units: string[];
  flows: { process: string; start: string }[];
  /** what may be begun from a running case */
  actions: { case: string; action: string; process: string; start: string }[];
  ledgers: string[];
  dictionaries: string[];
}

interface Asked<N extends RouteName> {
  params?: Params<N>;
  query?: Query<N>;
  body?: Body<N>;
}

const ONCE = [{}];
const byId = (ids: readonly string[]) => ids.map((id) => ({ params: { id } }));
const ROWS = { filters: [], sort: null, cursor: null, limit: 50 };
const REASON = '核对泄露';

/** By what each route is asked. Nothing is in a change here: what its readers see is held by test/publishing. */
const ASKED: {
  readonly [N in Reading]: (there: There, browser: Browser) => readonly Asked<N>[] | Promise<readonly Asked<N>[]>;
} = {
  session: () => ONCE,
  factor: () => ONCE,
  site: () => ONCE,
  counts: () => ONCE,
  inbox: () => INBOX_TABS.flatMap((tab) => ['', '容'].map((q) => ({ params: { tab }, query: { q, limit: 100 } }))),
  startables: () => ONCE,
  startView: ({ flows, drafts, actions }) => [
    ...drafts.flatMap((draft) => flows.map((params) => ({ params, query: { draft } }))),
    ...actions.map(({ process, start, ...query }) => ({ params: { process, start }, query })),
  ],
  task: ({ tasks }) => byId(tasks),
  taskPeople: ({ tasks }) => byId(tasks),
  case: ({ cases }) => byId(cases),
  diagram: ({ cases }) => byId(cases),
  verifyHistory: ({ cases }) => byId(cases),
  audience: ({ cases }) => byId(cases),
  download: ({ files }) => byId(files),
  letter: ({ letters }) => byId(letters),
  people: ({ people }) => [{ query: { q: '' } }, { query: { ids: people.join(',') } }],
  units: ({ units }) => [{ query: { q: '' } }, { query: { ids: units.join(',') } }],
  dictionary: ({ dictionaries }) => dictionaries.slice(0, 1).map((key) => ({ params: { key } })),
  calendar: () => ONCE,
  caseRefs: ({ cases }) => [...['', '容', '整'].map((q) => ({ query: { q } })), { query: { ids: cases.join(',') } }],
  ledgers: () => ONCE,
  ledger: ({ ledgers }) => ledgers.map((key) => ({ params: { key } })),
  ledgerRows: ({ ledgers }) => ledgers.map((key) => ({ params: { key }, body: ROWS })),
  ledgerViews: ({ ledgers }) => ledgers.map((key) => ({ params: { key } })),
  exportLedger: async ({ ledgers }, browser) =>
    Promise.all(
      ledgers.map(async (key) => {
        const { body } = await browser.get(`/api/ledgers/${encodeURIComponent(key)}`);
        const columns: string[] = (body?.columns ?? [{ key: 'number' }]).map((column: { key: string }) => column.key);
        return { params: { key }, body: { ...ROWS, columns, reason: REASON } };
      }),
    ),
  incidents: () => ONCE,
  movePreview: ({ incidents }) => byId(incidents),
  incidentPeople: ({ incidents }) => byId(incidents),
  exceptions: () => ONCE,
  running: () => ONCE,
  runningFlow: ({ flows }) => flows.map(({ process }) => ({ params: { process } })),
  flowFigures: ({ flows }) => flows.map(({ process }) => ({ params: { process } })),
  previewRunning: ({ flows }) =>
    flows.map(({ process }) => ({ params: { process }, body: { instead: [], limit: 50 } })),
  holdings: ({ people }) => byId(people),
  heldTasks: () => [{ query: { limit: 100 } }],
  heldTaskPeople: ({ tasks }) => byId(tasks),
  effects: () => ONCE,
  auditLog: () => ONCE,
  exportAudit: () => [{ body: { reason: REASON } }],
  unitTree: () => ONCE,
  directoryPeople: () => [{ query: { q: '' } }],
  directoryWords: () => ONCE,
  directoryUnit: ({ units }) => byId(units),
  directoryPerson: ({ people }) => byId(people),
  exportDirectory: () => ONCE,
  factorResets: () => ONCE,
  readiness: () => ONCE,
  grants: () => ONCE,
  design: () => ONCE,
  designLanguage: () => ONCE,
  definition: () => [{ query: { kind: 'process', app: 'tolerance', key: 'tolerance' } }],
  releases: () => ONCE,
  exportRelease: () => byId(['1']),
  changes: () => ONCE,
  change: ({ cases }) => byId(cases),
  changeContent: ({ cases }) => byId(cases),
  draft: ({ cases }) =>
    cases.map((id) => ({ params: { id }, query: { kind: 'process', app: 'tolerance', key: 'tolerance' } })),
  changeAffects: ({ cases }) => byId(cases),
  impact: ({ cases }) => byId(cases),
  impactCases: ({ cases, flows: [flow] }) =>
    cases.map((id) => ({ params: { id }, query: { process: flow?.process ?? '', line: '0' } })),
  play: () => ONCE,
  playPeople: () => ONCE,
};

/** Everything this account is answered, as one text: also names and contents of files, and the parts of what is packed. */
export async function everything(w: World, person: string): Promise<string> {
  const there = await whatThereIs(w);
  return served(w, async (address) => {
    const browser = await signedIn(w, address, person);
    const texts: string[] = [];
    for (const [name, asked] of Object.entries(ASKED) as [Reading, (typeof ASKED)['task']][])
      for (const one of await asked(there, browser)) {
        const { status, text } = await ask(browser, name, one);
        texts.push(text);
        // The door of an office refuses whoever does not hold it, before it looks at what is asked for.
        if (status === 403 && ROUTES[name].access !== 'session') break;
      }
    return texts.join('\n');
  });
}

async function ask(browser: Browser, name: Reading, { params, query, body }: Asked<RouteName>) {
  const route: Route = ROUTES[name];
  const path = route.path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent((params as unknown as Record<string, string>)[key]!),
  );
  const search = new URLSearchParams(query as Record<string, string> | undefined);
  const answer = await browser.fetch(
    route.method,
    `${path}?${search}`,
    route.method === 'GET' ? undefined : (body ?? {}),
  );
  const text = readable(new Uint8Array(await answer.arrayBuffer()));
  // A question that was not understood or not looked at proves nothing; a step that is done says so.
  if (![200, 403, 404, 409].includes(answer.status))
    throw new Error(`${name} ${path}?${search} -> ${answer.status} ${text}`);
  const named = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
  return { status: answer.status, text: `${named}\n${text}` };
}

/** The text of an answer; of a workbook or a folder that is packed, that of its parts. */
function readable(bytes: Uint8Array): string {
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  const packed = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return packed ? Object.values(unzipSync(bytes)).map(decode).join('\n') : decode(bytes);
}

async function whatThereIs(w: World): Promise<There> {
  const { host } = w;
  const { reader } = host.store;
  const ids = async (table: string) => (await reader(table).select('id')).map(({ id }) => String(id));
  const catalogue = host.catalogue();
  const processes = await Promise.all(catalogue.ever('process').map(({ key }) => catalogue.process(key)));
  const flows = processes.flatMap(({ key, model }) =>
    [...model.nodes.values()].filter(({ start }) => start).map(({ id }) => ({ process: key, start: id })),
  );
  return {
    cases: await ids('cases'),
    tasks: [...(await ids('tasks')), ...(await ids('tasks_done'))],
    letters: await ids('letters'),
    files: await ids('files'),
    incidents: await ids('incidents'),
    drafts: await ids('drafts'),
    people: await ids('people'),
    units: await ids('units'),
    flows,
    actions: await actionsOf(w, flows),
    ledgers: catalogue.ever('ledger').map(({ key }) => key),
    dictionaries: catalogue.ever('dictionary').map(({ key }) => key),
  };
}

async function actionsOf({ host }: World, flows: There['flows']): Promise<There['actions']> {
  const cases = await host.store.reader('cases').select('id', 'process', 'version');
  const each = cases.map(async ({ id, process, version }) => {
    const { model } = await host.catalogue().process(process, version);
    return model.case.actions.flatMap(({ key, process: attached }) =>
      flows
        .filter((flow) => flow.process === host.catalogue().resolve('process', process, attached))
        .map((flow) => ({ ...flow, case: String(id), action: key })),
    );
  });
  return (await Promise.all(each)).flat();
}

/** The platform behind a socket of its own; how often it has been asked begins anew. */
async function served<T>({ host }: World, use: (address: string) => Promise<T>): Promise<T> {
  const app = makeApp({
    host,
    basePath: '/',
    title: '测试',
    version: '0',
    demo: true,
    demoAccounts: () => [],
    deviceKey: (person) => person,
    replays: new Runs(host),
    metrics: makeMetrics(host.store),
    proxy: false,
    ready: async () => 'ready' as const,
  });
  const server = createServer(app.callback());
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => void server.close(closed));
  }
}

/** A session as signing in opens one, without the second of hashing that a password takes. */
async function signedIn({ host }: World, address: string, person: string): Promise<Browser> {
  const token = randomBytes(32).toString('base64url');
  const now = host.now();
  const row = { person_id: person, csrf: token, created_at: now, seen_at: now, expires_at: now + 3_600_000 };
  await host.store.transaction((tx) => addSession(tx, { token_hash: hashOf(token), ...row }));
  const browser = new Browser(address);
  browser.cookie = `ganwei=${token}`;
  browser.csrf = token;
  return browser;
}
