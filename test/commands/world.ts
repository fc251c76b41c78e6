/**
 * Owns the stage of the command tests: a throw-away SQLite file, a clock that moves, a small made-up organisation, content given as texts,
 * recorded effects. Tests tell stories in business words: `as('songqiao').start(…)`.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Actor } from '@ganwei/core/actor';
import type { ParsedBody } from '@ganwei/core/contract';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import type { Drawer, Host, Printer } from '../../server/catalogue/host.ts';
import { addSigners } from '../../server/commands/add-signers.ts';
import { attachFiles } from '../../server/commands/attach-files.ts';
import { claimTask } from '../../server/commands/claim-task.ts';
import { addComment } from '../../server/commands/comment-case.ts';
import { keepUpload } from '../../server/commands/keep-upload.ts';
import type { Moved } from '../../server/commands/moved.ts';
import { returnTask } from '../../server/commands/return-task.ts';
import { solveIncident } from '../../server/commands/solve-incident.ts';
import { startCase } from '../../server/commands/start-case.ts';
import { submitTask } from '../../server/commands/submit-task.ts';
import { transferTask } from '../../server/commands/transfer-task.ts';
import { urgeCase } from '../../server/commands/urge-case.ts';
import { withdrawCase } from '../../server/commands/withdraw-case.ts';
import type { Organisation } from '../../server/demo.ts';
import { createPlatform, type Platform, type PlatformOptions } from '../../server/platform.ts';
import { caseView } from '../../server/queries/case-view.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { ledgerPage } from '../../server/queries/ledger.ts';
import { taskView } from '../../server/queries/task-view.ts';
import { newLibraries } from '../../server/sandbox.ts';
import type { EffectRow } from '../../server/store/rows.ts';

export interface WorldOptions {
  content: readonly SourceFile[];
  organisation?: Organisation;
  /** local date and time at which the story begins, e.g. 2026-09-01T09:00 */
  now?: string;
  /** with a database of before in it; default: an empty one of its own */
  dataFolder?: string;
  databaseUrl?: string;
  printer?: Printer;
  drawer?: Drawer;
  /** what a host program adds */
  services?: PlatformOptions['services'];
  functions?: PlatformOptions['functions'];
}

/** A printer that keeps the sources it was given and makes a one-page file of them. */
export function paperPrinter(): Printer & { printed: string[] } {
  const printed: string[] = [];
  return {
    printed,
    async print(source) {
      printed.push(source);
      return { pdf: new TextEncoder().encode(`%PDF-1.7\n${source}`), pages: 1, substitutions: [] };
    },
  };
}

export const instant = (local: string): number => Date.parse(`${local}:00+08:00`);

export const demoOrganisation = (): Organisation =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../forms/demo/organisation.json'), 'utf8'));

/** What one story has compiled serves the next. */
const libraries = newLibraries();

export async function world(options: WorldOptions): Promise<World> {
  const delivered: EffectRow[] = [];
  const clock = { now: instant(options.now ?? '2026-09-01T09:00') };
  const log: string[] = [];
  const note = (detail: object, message: string) => void log.push(`${message} ${JSON.stringify(detail)}`);
  const platform = await createPlatform({
    title: '测试',
    version: '0',
    dataFolder: options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'ganwei-test-')),
    synchronous: 'OFF',
    databaseUrl: options.databaseUrl,
    basePath: '/',
    publicUrl: 'http://localhost/',
    content: options.content,
    demo: { organisation: options.organisation ?? demoOrganisation(), password: 'test-password-1' },
    proxy: false,
    log: { info: () => undefined, warn: note, error: note },
    printer: options.printer ?? paperPrinter(),
    ...(options.drawer && { drawer: options.drawer }),
    channels: {
      async webhook(effect) {
        delivered.push(effect);
        return { received: true };
      },
      async mail(effect) {
        delivered.push(effect);
        return null;
      },
    },
    clock: () => clock.now,
    ...(options.services && { services: options.services }),
    ...(options.functions ? { functions: options.functions } : { libraries }),
  });
  return new World(platform, clock, delivered, log);
}

type Values = Record<string, unknown>;

export class World {
  readonly platform: Platform;
  readonly host: Host;
  readonly delivered: EffectRow[];
  readonly log: string[];
  private readonly clock: { now: number };

  constructor(platform: Platform, clock: { now: number }, delivered: EffectRow[], log: string[]) {
    this.platform = platform;
    this.host = platform.host;
    this.clock = clock;
    this.delivered = delivered;
    this.log = log;
  }

  /** Moves the clock to this local date and time and lets everything fire that is due by then. */
  async at(local: string): Promise<void> {
    this.clock.now = instant(local);
    await this.host.refresh();
    await this.platform.worker.settle();
  }

  actor(id: string): Actor {
    const actor = this.host.directory().actor(id);
    if (!actor) throw new Error(`nobody is called ${id}`);
    return actor;
  }

  as(id: string): Person {
    return new Person(this, this.actor(id));
  }

  /** How many rows each table has: a refused request leaves them as they were. */
  async rows(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of [
      'cases',
      'tasks',
      'work_items',
      'submissions',
      'history',
      'letters',
      'counters',
      'answers',
      'timers',
      'notices',
    ]) {
      counts[table] = Number((await this.host.store.reader(table).count({ n: '*' }).first())?.n);
    }
    return counts;
  }

  async stop(): Promise<void> {
    await this.platform.stop();
  }
}

/** What one person does and sees. */
export class Person {
  private readonly world: World;
  readonly actor: Actor;

  constructor(world: World, actor: Actor) {
    this.world = world;
    this.actor = actor;
  }

  private get call() {
    return { actor: this.actor };
  }

  start(process: string, values: Values, start = 'start', key?: string): Promise<Moved> {
    return startCase(this.world.host, { ...this.call, key }, { process, start, values });
  }

  /** Uses an action of a case: the button with this key, if the person is offered it. */
  async act(caseId: string, key: string, values: Values = {}): Promise<Moved> {
    const { actions } = await this.case(caseId);
    const action = actions.find((offered) => offered.key === key);
    if (!action) throw new Error(`${this.actor.name} is not offered ${key}: ${actions.map((a) => a.key).join(', ')}`);
    const { process, start } = action;
    return startCase(this.world.host, this.call, { process, start, values, case: caseId, action: key });
  }

  async todo(): Promise<{ id: string; node: string; title: string }[]> {
    const { rows } = await inbox(this.world.host, this.actor, 'todo', { q: '', limit: 100 });
    return rows.map((row) => ({ id: row.taskId!, node: row.node, title: row.title }));
  }

  /** The person's task of that name; throws when it is not in his list. */
  async task(name: string): Promise<string> {
    const found = (await this.todo()).find((task) => task.node === name);
    if (!found)
      throw new Error(`${this.actor.name} has no task ${name}: ${(await this.todo()).map((t) => t.node).join(', ')}`);
    return found.id;
  }

  async view(name: string) {
    return taskView(this.world.host, this.actor, await this.task(name));
  }

  async submit(name: string, outcome: string, values: Values = {}, comment = ''): Promise<Moved> {
    return this.submitTo(await this.task(name), outcome, values, comment);
  }

  async submitTo(
    id: string,
    outcome: string,
    values: Values = {},
    comment = '',
    more: { revision?: number; key?: string } = {},
  ): Promise<Moved> {
    const row = await this.world.host.store.reader('tasks').where({ id }).first();
    const revision = more.revision ?? row?.revision ?? 1;
    return submitTask(this.world.host, { ...this.call, key: more.key }, id, { outcome, values, comment, revision });
  }

  async giveBack(name: string, to: string, resume: 'again' | 'straight', comment: string): Promise<Moved> {
    const view = await this.view(name);
    return returnTask(this.world.host, this.call, view.task.id, { to, resume, comment, revision: view.task.revision });
  }

  async transfer(name: string, to: string, comment: string): Promise<Moved> {
    const view = await this.view(name);
    return transferTask(this.world.host, this.call, view.task.id, { to, comment, revision: view.task.revision });
  }

  async addSigners(name: string, people: string[], comment: string) {
    const { task } = await this.view(name);
    return addSigners(this.world.host, this.call, task.id, { people, comment, revision: task.revision });
  }

  urge(caseId: string, comment = '') {
    return urgeCase(this.world.host, this.call, caseId, comment);
  }

  async claim(name: string) {
    return claimTask(this.world.host, this.call, await this.task(name));
  }

  withdraw(caseId: string, comment = ''): Promise<Moved> {
    return withdrawCase(this.world.host, this.call, caseId, comment);
  }

  comment(caseId: string, text: string) {
    return addComment(this.world.host, this.call, caseId, text);
  }

  attach(caseId: string, files: string[]) {
    return attachFiles(this.world.host, this.call, caseId, files);
  }

  upload(name: string, text = '%PDF-1.4 test') {
    return keepUpload(this.world.host, this.call, {
      name,
      type: 'application/pdf',
      bytes: new TextEncoder().encode(text),
    });
  }

  case(id: string) {
    return caseView(this.world.host, this.actor, id);
  }

  ledger(key: string, query: Partial<ParsedBody<'ledgerRows'>> = {}) {
    const plain = { filters: [], sort: null, cursor: null, counted: false, limit: 50 };
    return ledgerPage(this.world.host, this.actor, key, { ...plain, ...query });
  }

  solve(incident: string, people: string[]) {
    return solveIncident(this.world.host, this.call, incident, { way: 'reassign', people, comment: '指定办理人' });
  }
}
