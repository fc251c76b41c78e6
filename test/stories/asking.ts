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
import { fillLedgers } from '../../server/commands/fill-ledgers.ts';
import { makeApp } from '../../server/http/app.ts';
import { makeLive } from '../../server/http/live.ts';
import { makeMetrics } from '../../server/http/metrics.ts';
import { hashOf } from '../../server/identity/guessing.ts';
import { Runs } from '../../server/publishing/impact-runs.ts';
import { addSession } from '../../server/store/sessions.ts';
import type { World } from '../commands/world.ts';
import { Browser } from '../http/site.ts';

type Getting = { [N in RouteName]: (typeof ROUTES)[N]['method'] extends 'GET' ? N : never }[RouteName];
type Reading =
  | Getting
  | 'ledgerRows'
  | 'exportLedger'
  | 'nameUses'
  | 'planRename'
  | 'wouldBreak'
  | 'previewRunning'
  | 'exportAudit'
  | 'exportDirectory';

/** What there is to ask for, whether or not the account knows of it. */
interface There {
  cases: string[];
  /** of which everything is asked: the same, or fewer (see Nearness) */
  near: string[];
  /** open ones and those that are done */
  tasks: string[];
  /** open ones, and one that is done */
  open: string[];
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
  overviews: string[];
  dictionaries: string[];
}

interface Asked<N extends RouteName> {
  params?: Params<N>;
  query?: Query<N>;
  body?: Body<N>;
}

const ONCE = [{}];
const byId = (ids: readonly string[]) => ids.map((id) => ({ params: { id } }));
const ROWS = { filters: [], sort: null, cursor: null, counted: false, limit: 50 };
const REASON = '核对泄露';
/** There is no change: whichever id is asked for, the answer is the same. */
const NO_CHANGE = ['c0000000000001'];

/** As it is asked of every change. */
const A_NAME = { kind: 'status', in: 'tolerance.tolerance', key: 'accepted' } as const;

/** No other place knows anybody here: whose door it is, is held by test/http/doors.test.ts. */
const NO_DOOR = [{ params: { door: 'oidc' } }];

/** By what each route is asked. Nothing is in a change here: what its readers see is held by test/publishing. */
const ASKED: {
  readonly [N in Reading]: (there: There, browser: Browser) => readonly Asked<N>[] | Promise<readonly Asked<N>[]>;
} = {
  session: () => ONCE,
  factor: () => ONCE,
  site: () => ONCE,
  doors: () => ONCE,
  enterDoor: () => NO_DOOR,
  leaveDoor: () => NO_DOOR,
  doorLinks: () => ONCE,
  counts: () => ONCE,
  live: () => ONCE,
  messages: () => [{ query: { limit: 200 } }, { query: { only: 'unread', limit: 200 } }],
  mailing: () => ONCE,
  inbox: () => INBOX_TABS.flatMap((tab) => ['', '容'].map((q) => ({ params: { tab }, query: { q, limit: 100 } }))),
  startables: () => ONCE,
  startView: ({ flows, drafts, actions }) => [
    ...drafts.flatMap((draft) => flows.map((params) => ({ params, query: { draft } }))),
    ...actions.map(({ process, start, ...query }) => ({ params: { process, start }, query })),
  ],
  task: ({ tasks }) => byId(tasks),
  taskPeople: ({ open }) => byId(open),
  case: ({ cases }) => byId(cases),
  matter: ({ near }) => byId(near),
  diagram: ({ near }) => byId(near),
  verifyHistory: ({ near }) => byId(near),
  audience: ({ near }) => byId(near),
  download: ({ files }) => byId(files),
  letter: ({ letters }) => byId(letters),
  people: ({ people }) => [{ query: { q: '' } }, { query: { ids: people.join(',') } }],
  units: ({ units }) => [{ query: { q: '' } }, { query: { ids: units.join(',') } }],
  dictionary: ({ dictionaries }) => dictionaries.slice(0, 1).map((key) => ({ params: { key } })),
  calendar: () => ONCE,
  caseRefs: ({ cases, flows }) => [
    ...['', '容', '整'].map((q) => ({ query: { q } })),
    ...[...new Set(flows.map(({ process }) => process))].map((process) => ({ query: { q: '', process } })),
    { query: { ids: cases.join(',') } },
  ],
  ledgers: () => ONCE,
  ledger: ({ ledgers }) => ledgers.map((key) => ({ params: { key } })),
  ledgerRows: ({ ledgers }) => ledgers.map((key) => ({ params: { key }, body: ROWS })),
  overviews: () => ONCE,
  overview: ({ overviews }) => overviews.map((key) => ({ params: { key } })),
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
  heldTaskPeople: ({ open }) => byId(open),
  effects: () => ONCE,
  auditLog: () => ONCE,
  exportAudit: () => [{ body: { reason: REASON } }],
  unitTree: () => ONCE,
  directoryPeople: () => [{ query: { q: '' } }],
  directoryWords: () => ONCE,
  directoryUnit: ({ units }) => byId(units),
  directoryPerson: ({ people }) => byId(people),
  exportDirectory: () => [{ body: { reason: '核对机构和人员' } }],
  factorResets: () => ONCE,
  readiness: () => ONCE,
  grants: () => ONCE,
  design: () => ONCE,
  designLanguage: () => ONCE,
  definition: () => [{ query: { kind: 'process', app: 'tolerance', key: 'tolerance' } }],
  releases: () => ONCE,
  exportRelease: () => byId(['1']),
  changes: () => ONCE,
  change: () => byId(NO_CHANGE),
  changeContent: () => byId(NO_CHANGE),
  draft: () =>
    NO_CHANGE.map((id) => ({ params: { id }, query: { kind: 'process', app: 'tolerance', key: 'tolerance' } })),
  changeAffects: () => byId(NO_CHANGE),
  names: () => NO_CHANGE.map((id) => ({ params: { id }, query: { kind: 'form', app: 'tolerance', key: 'appeal' } })),
  nameUses: () => NO_CHANGE.map((id) => ({ params: { id }, body: { thing: A_NAME } })),
  planRename: () => NO_CHANGE.map((id) => ({ params: { id }, body: { name: A_NAME, to: 'affair' } })),
  renames: () => byId(NO_CHANGE),
  wouldBreak: () => NO_CHANGE.map((id) => ({ params: { id }, body: { thing: A_NAME } })),
  provisionalDeadlines: () => NO_CHANGE.map((id) => ({ params: { id }, query: { year: '2027' } })),
  impact: () => byId(NO_CHANGE),
  impactCases: ({ flows: [flow] }) =>
    NO_CHANGE.map((id) => ({ params: { id }, query: { process: flow?.process ?? '', line: '0' } })),
  play: () => ONCE,
  playPeople: () => ONCE,
  playReply: () => ONCE,
};

/**
 * What is asked of which case. Of a case that this account has nothing to do with, one thing of each kind is enough, and another for each account:
 * every id there is is asked for by several strangers.
 */
export type Nearness = (person: string, caseId: string) => boolean;

/** Everything this account is answered, as one text: also names and contents of files, and the parts of what is packed. */
export async function everything(w: World, person: string): Promise<string> {
  const [told] = await everythingOf(w, [person], () => true);
  return [...told!.values()].join('\n');
}

/** The same for many accounts, one after the other, by route. */
export async function everythingOf(
  w: World,
  people: readonly string[],
  isNear: Nearness,
): Promise<Map<string, string>[]> {
  const all = await whatThereIs(w);
  const told: Map<string, string>[] = [];
  for (const [turn, person] of people.entries())
    told.push(
      await toldTo(
        w,
        person,
        thereFor(all, (id) => isNear(person, id), turn),
      ),
    );
  return told;
}

async function toldTo(w: World, person: string, there: There): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  const door = await Door.open(w, person);
  try {
    for (const [name, asked] of Object.entries(ASKED) as [Reading, (typeof ASKED)['task']][]) {
      const texts: string[] = [];
      for (const one of await asked(there, door.browser)) {
        const { status, text } = await door.ask(name, one);
        texts.push(text);
        // The door of an office refuses whoever does not hold it, before it looks at what is asked for.
        if (status === 403 && ROUTES[name].access !== 'session') break;
      }
      told.set(name, texts.join('\n'));
    }
  } finally {
    await door.close();
  }
  return told;
}

/** Of cases that are not near, one of each kind of thing; which one, goes round with the accounts. */
function thereFor(all: AllThere, isNear: (caseId: string) => boolean, turn: number): There {
  const near = all.there.cases.filter(isNear);
  const pick = (ids: readonly string[]): string[] => {
    const far = new Map<string, string[]>();
    for (const id of ids) {
      const of = all.caseOf.get(id) ?? '';
      if (!near.includes(of)) far.set(of, [...(far.get(of) ?? []), id]);
    }
    const chosen = new Set([...far.values()].map((list) => list[turn % list.length]!));
    return ids.filter((id) => near.includes(all.caseOf.get(id) ?? '') || chosen.has(id));
  };
  const { there } = all;
  const others = there.cases.filter((id) => !near.includes(id));
  return {
    ...there,
    near: others.length > 0 ? [...near, others[turn % others.length]!] : near,
    tasks: pick(there.tasks),
    open: pick(there.open),
    letters: pick(there.letters),
    files: pick(there.files),
  };
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
    { 'accept-encoding': 'identity' },
  );
  const text =
    route.stream === 'events' ? await beginning(answer) : readable(new Uint8Array(await answer.arrayBuffer()));
  // A question that was not understood or not looked at proves nothing; a step that is done says so.
  if (![200, 403, 404, 409, 429].includes(answer.status))
    throw new Error(`${name} ${path}?${search} -> ${answer.status} ${text}`);
  const named = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
  return { status: answer.status, text: `${named}\n${text}` };
}

/** What a stream that does not end says at first. */
async function beginning({ body }: Response): Promise<string> {
  const reader = body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

/** The text of an answer; of a workbook or a folder that is packed, that of its parts. */
function readable(bytes: Uint8Array): string {
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  const packed = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return packed ? Object.values(unzipSync(bytes)).map(decode).join('\n') : decode(bytes);
}

interface AllThere {
  there: There;
  /** id of a task, a letter, a file -> its case */
  caseOf: ReadonlyMap<string, string>;
}

async function whatThereIs(w: World): Promise<AllThere> {
  const { host } = w;
  const { reader } = host.store;
  const ids = async (table: string) => (await reader(table).select('id')).map(({ id }) => String(id));
  // Figures are told of ledgers that are written.
  while (!(await fillLedgers(host)));
  const catalogue = host.catalogue();
  const processes = await Promise.all(catalogue.ever('process').map(({ key }) => catalogue.process(key)));
  const flows = processes.flatMap(({ key, model }) =>
    [...model.nodes.values()].filter(({ start }) => start).map(({ id }) => ({ process: key, start: id })),
  );
  const cases = await ids('cases');
  const caseOf = new Map<string, string>();
  for (const table of ['tasks', 'tasks_done', 'letters'])
    for (const { id, case_id } of await reader(table).select('id', 'case_id')) caseOf.set(id, String(case_id ?? ''));
  for (const { file_id, case_id } of await reader('file_links')) caseOf.set(file_id, String(case_id));
  for (const { file_id, case_id } of await reader('letters')) caseOf.set(file_id, String(case_id ?? ''));
  const open = await ids('tasks');
  const done = await ids('tasks_done');
  const there: There = {
    cases,
    near: cases,
    tasks: [...open, ...done],
    open: [...open, ...done.slice(0, 1)],
    letters: await ids('letters'),
    files: await ids('files'),
    incidents: await ids('incidents'),
    drafts: await ids('drafts'),
    people: await ids('people'),
    units: await ids('units'),
    flows,
    actions: await actionsOf(w, flows),
    ledgers: catalogue.ever('ledger').map(({ key }) => key),
    overviews: catalogue.ever('overview').map(({ key }) => key),
    dictionaries: catalogue.ever('dictionary').map(({ key }) => key),
  };
  return { there, caseOf };
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

/** The platform behind a socket of its own, and one account who asks there. */
class Door {
  readonly #w: World;
  readonly #person: string;
  browser!: Browser;
  close!: () => Promise<void>;

  private constructor(w: World, person: string) {
    this.#w = w;
    this.#person = person;
  }

  static async open(w: World, person: string): Promise<Door> {
    const door = new Door(w, person);
    await door.#open();
    return door;
  }

  /** Nobody may ask as much at once as is asked here [LIM10]: then another server is asked, which has not counted. */
  async ask(name: Reading, one: Asked<RouteName>): Promise<{ status: number; text: string }> {
    const answer = await ask(this.browser, name, one);
    if (answer.status !== 429) return answer;
    await this.close();
    await this.#open();
    return ask(this.browser, name, one);
  }

  async #open(): Promise<void> {
    const { host } = this.#w;
    const app = makeApp({
      host,
      basePath: '/',
      title: '测试',
      version: '0',
      demo: true,
      demoAccounts: () => [],
      deviceKey: (person) => person,
      doors: new Map(),
      live: makeLive(host),
      replays: new Runs(host),
      metrics: makeMetrics(host.store),
      proxy: false,
      ready: async () => 'ready' as const,
    });
    const server = createServer(app.callback());
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    this.close = () => {
      server.closeAllConnections();
      return new Promise((closed) => void server.close(() => closed()));
    };
    const { port } = server.address() as AddressInfo;
    this.browser = await signedIn(this.#w, `http://127.0.0.1:${port}`, this.#person);
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
