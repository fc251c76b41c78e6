/**
 * Owns the stage of the HTTP tests: the real server on a free port with small made-up content, and browsers that sign in to it, keep
 * their cookie and send the token, as our pages do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Host, Printer } from '../../server/catalogue/host.ts';
import { type Listening, listen } from '../../server/listen.ts';
import { createPlatform, type Platform, type PlatformOptions } from '../../server/platform.ts';
import { AGREE, bpmn, end, FORMS, line, REFUSE, start, user } from '../commands/content.ts';
import { demoOrganisation, instant, paperPrinter } from '../commands/world.ts';

export const PASSWORD = 'test-password-1';

export const REVIEW = bpmn(
  'review',
  [
    start(),
    user(
      'check',
      '审查',
      `assignees='["fuzheng"]' form="request" operations="transfer,return,comment"`,
      `${AGREE}${REFUSE}<ganwei:access path="*" mode="read"/>`,
    ),
    user('sign', '签发', `assignees='["gaoyuan"]'`, `${AGREE}<ganwei:show as="request"/>`),
    end(),
    line('start', 'check', 'sign', 'end'),
  ].join('\n'),
);

export const LEDGER = {
  kind: 'ledger' as const,
  key: 'REVIEWS',
  file: 'REVIEWS.ledger.json',
  source: JSON.stringify({
    ledger: 'REVIEWS',
    title: '审查台账',
    source: { kind: 'case', process: 'review' },
    columns: [
      { key: 'number', label: '编号', value: 'case.number', slot: 't1', filter: 'contains' },
      { key: 'subject', label: '事由', value: 'request.subject', slot: 't2', filter: 'contains' },
    ],
    who: 'actor.id != "guqing"',
    rows: [{ who: 'true' }],
    exports: 'actor.id = "gaoyuan"',
    sort: { column: 'number', descending: true },
  }),
};

export const CONTENT = [...FORMS, REVIEW, LEDGER];

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  detail: Record<string, unknown>;
}

export interface Site {
  readonly address: string;
  readonly platform: Platform;
  readonly host: Host;
  readonly log: LogLine[];
  readonly clock: { now: number };
  readonly dataFolder: string;
  browser(): Browser;
  signedIn(username: string, password?: string): Promise<Browser>;
  /** how many rows each table has; what signing in and requests leave of themselves (sessions, audit) is not counted */
  rows(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export interface SiteOptions extends Partial<PlatformOptions> {
  printer?: Printer;
  /** where it listens; absent: on any free port */
  port?: number;
}

export async function site(options: SiteOptions = {}): Promise<Site> {
  const log: LogLine[] = [];
  const note =
    (level: LogLine['level']) =>
    (detail: object, message: string): void =>
      void log.push({ level, message, detail: { ...detail } });
  const clock = { now: instant('2026-09-01T09:00') };
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'ganwei-site-'));
  const platform = await createPlatform({
    title: '测试',
    version: '0',
    dataFolder,
    synchronous: 'OFF',
    basePath: '/',
    publicUrl: 'http://localhost/',
    content: CONTENT,
    demo: { organisation: demoOrganisation(), password: PASSWORD },
    secondFactor: 'optional',
    proxy: false,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    printer: paperPrinter(),
    channels: {},
    clock: () => clock.now,
    ...options,
  });
  const listening: Listening = await listen(platform, options.port ?? 0);
  const address = `http://127.0.0.1:${listening.port}${(options.basePath ?? '').replace(/\/$/, '')}`;
  const browser = () => new Browser(address);
  return {
    address,
    platform,
    host: platform.host,
    log,
    clock,
    dataFolder,
    browser,
    async signedIn(username, password = PASSWORD) {
      const made = browser();
      const answer = await made.signIn(username, password);
      if (answer.status !== 200) throw new Error(`${username}: ${answer.body.detail}`);
      return made;
    },
    async rows() {
      const { reader } = platform.host.store;
      const tables: { name: string }[] = await reader('sqlite_master').where({ type: 'table' }).select('name');
      const counts: Record<string, number> = {};
      for (const { name } of tables) {
        if (['sessions', 'audit', 'guesses', 'browsers'].includes(name)) continue;
        counts[name] = Number((await reader(name).count({ n: '*' }).first())?.n);
      }
      return counts;
    },
    async stop() {
      await listening.stop();
      // A folder that the test has given it goes on to the next server.
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  /** parsed JSON; tests look at what they expect to be there */
  body: Json;
  text: string;
}

/** JSON as tests read it: any member may be asked for, and is undefined when it is not there. */
// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests are about
export type Json = any;

export class Browser {
  readonly address: string;
  /** as it is sent; a test may put another one in */
  cookie = '';
  readonly #cookies = new Map<string, string>();
  csrf = '';

  constructor(address: string) {
    this.address = address;
  }

  async signIn(username: string, password: string): Promise<Answer> {
    const answer = await this.post('/api/session', { username, password });
    this.take(answer);
    return answer;
  }

  /** Keeps the cookie and the token of an answer, as the pages do. */
  take(answer: Answer): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
      this.#cookies.set(name, value);
    }
    this.cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    if (answer.body?.csrf) this.csrf = answer.body.csrf;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown = {}): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  /** `body`: a text is sent as it is, anything else as JSON. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.fetch(method, path, body, headers);
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? await beginning(response) : await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** The answer as it came, for what is no text. */
  fetch(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const isRaw = body instanceof FormData || body instanceof ReadableStream;
    return fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && method !== 'GET' && { 'x-csrf-token': this.csrf }),
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw || typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);
  }

  /** Uploads one file under its name. */
  upload(name: string, bytes: Uint8Array | string): Promise<Answer> {
    const form = new FormData();
    form.append('file', new Blob([bytes as BlobPart]), name);
    return this.send('POST', '/api/files', form);
  }

  start(
    values: Record<string, unknown>,
    headers: Record<string, string> = {},
    more: Record<string, unknown> = {},
  ): Promise<Answer> {
    return this.post('/api/cases', { process: 'review', start: 'start', values, ...more }, headers);
  }

  /** Id and revision of the first task in this person's to-do list. */
  async task(): Promise<{ id: string; revision: number }> {
    const { body } = await this.get('/api/inbox/todo');
    const view = await this.get(`/api/tasks/${body.rows[0].taskId}`);
    return { id: view.body.task.id, revision: view.body.task.revision };
  }
}

/** What a stream that does not end says at first; then it is let go. */
async function beginning({ body }: Response): Promise<string> {
  const reader = body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
