/**
 * Owns the composition: everything the platform is made of is put together here, for the stand-alone server, for a host program that
 * mounts it, and for tests. Reads no environment. What must be running is started by start() and ended by stop().
 */
import { randomFillSync } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { localDate } from '@ganwei/calendar/zone';
import { type Catalogue, openCatalogue } from './catalogue/catalogue.ts';
import { type Directory, makeDirectory } from './catalogue/directory.ts';
import type { SourceFile } from './catalogue/folder.ts';
import type { Drawer, Host, Log, Printer, Quota } from './catalogue/host.ts';
import { type Functions, joined, PLATFORM_FUNCTIONS } from './catalogue/language.ts';
import { Libraries } from './catalogue/library.ts';
import type { Service } from './catalogue/service.ts';
import { clearSpools } from './catalogue/spools.ts';
import { Steppers } from './catalogue/steppers.ts';
import { type AskNames, askNames, type Examine, examine } from './commands/examine.ts';
import { type Clock, type Demo, demoControls, type Organisation, seedDemo } from './demo.ts';
import { makeFiles, type Room, roomIn } from './files.ts';
import { makeApp, type Readiness } from './http/app.ts';
import { type Live, type LiveOptions, makeLive } from './http/live.ts';
import { makeMetrics } from './http/metrics.ts';
import type { Playing } from './http/request.ts';
import { makeDeviceKeys } from './identity/device-key.ts';
import { type Door, doorsOf } from './identity/doors/door.ts';
import { type Published, restoreFolder, takeFolder } from './publishing/folder.ts';
import { Runs } from './publishing/impact-runs.ts';
import { makeSandboxes, type SandboxOptions } from './sandbox/threads.ts';
import { BUILT_IN_SERVICES } from './services/registry.ts';
import { lastRelease, setting } from './store/definitions.ts';
import { directoryVersion, loadDirectory } from './store/directory.ts';
import { openStore, type Store, type StoreOptions } from './store/open.ts';
import { type ChannelOptions, type Channels, makeChannels } from './worker/channels.ts';
import { makeWorker, type Worker } from './worker/loop.ts';

export interface PlatformOptions {
  title: string;
  version: string;
  dataFolder: string;
  databaseUrl?: string | undefined;
  /** SQLite: default dataFolder/ganwei.db */
  databaseFile?: string;
  basePath: string;
  publicUrl: string;
  /** definitions that take effect when they differ from those last taken over and nothing is wrong with them */
  content: readonly SourceFile[];
  /** demo mode: the organisation to start with, and the common password of its people */
  demo?: { organisation: Organisation; password: string } | undefined;
  pages?: string | undefined;
  proxy: boolean;
  log: Log;
  printer: Printer;
  /** draws drafts of letters; default: none are drawn */
  drawer?: Drawer;
  /** examines content beside the event loop; default: in this thread */
  examine?: Examine;
  /** finds out of names beside the event loop; default: in this thread */
  askNames?: AskNames;
  channels: ChannelOptions | Channels;
  /** service types that processes may name besides those of the platform */
  services?: Readonly<Record<string, Service>>;
  /** functions that expressions may call besides those of the platform */
  functions?: Functions;
  /** epoch milliseconds; tests give their own */
  clock?: () => number;
  /** of those who administer; default: required, optional in demo mode */
  secondFactor?: 'required' | 'optional' | undefined;
  /** other places where people may sign in, beside the accounts of this house; default: none */
  doors?: readonly Door[];
  /** how much may be uploaded; default: files.ts */
  quota?: Quota | undefined;
  /** how much room the disk has; default: that of the data folder */
  room?: () => Promise<Room>;
  synchronous?: 'FULL' | 'NORMAL' | 'OFF';
  /** what has been compiled for platforms with the same functions; default: nothing so far */
  libraries?: Libraries;
  /** bounds of the streams that pages hold open; default: http/live.ts */
  live?: Partial<LiveOptions>;
  /** of a sandbox */
  play?: Playing;
  /** bounds of sandboxes */
  sandboxes?: Partial<SandboxOptions>;
  /** while a good release exists it serves at once, and the caller takes over the content when it listens (`takeContent`) */
  contentLater?: boolean;
}

export interface Platform {
  readonly host: Host;
  readonly worker: Worker;
  /** Node request listener: mount it anywhere below basePath */
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  start(): void;
  /** [V4] Checks the content folder and makes it a release if it is new and nothing is wrong with it. Never throws for content. */
  takeContent(): Promise<Published>;
  /** Ends what does not end by itself, so that whoever listens can stop; the rest goes on until stop(). */
  leave(): void;
  stop(): Promise<void>;
}

/** Opens the database, takes over the content, and makes the platform ready to serve. */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataFolder, log } = options;
  // [LIM9] With MariaDB nothing else makes it before the first upload, and a folder that is not there has no room to tell of.
  await mkdir(dataFolder, { recursive: true });
  const database: StoreOptions = {
    url: options.databaseUrl,
    file: options.databaseFile ?? path.join(dataFolder, 'ganwei.db'),
    ...(options.synchronous && { synchronous: options.synchronous }),
  };
  const store = await openStore(database);
  const clock = await makeClock(store, options);
  const functions = joined(PLATFORM_FUNCTIONS, options.functions ?? {});
  const services = withServices(options.services ?? {});
  const state: State = {
    libraries: options.libraries ?? new Libraries(functions),
    catalogue: undefined,
    directory: undefined,
    day: '',
  };
  let worker: Worker | undefined;
  let live: Live | undefined;
  const host: Host = {
    store,
    database,
    now: clock.now,
    newId: makeIds(clock.now),
    services,
    functions,
    catalogue: () => state.catalogue!,
    steppers: new Steppers(),
    directory: () => state.directory!,
    refresh: () => refresh(store, state, clock.now),
    files: makeFiles(path.join(dataFolder, 'files'), options.quota),
    printer: options.printer,
    drawer: options.drawer ?? null,
    examine: (definitions) => (options.examine ?? examine)(definitions, { services, functions }),
    askNames: (definitions, asked) => (options.askNames ?? askNames)(definitions, asked, { services, functions }),
    sandboxes: makeSandboxes(() => host, { basePath: options.basePath, pages: options.pages, ...options.sandboxes }),
    secondFactor: options.secondFactor ?? (options.demo ? 'optional' : 'required'),
    log,
    nudge: () => worker?.nudge(),
    tell: (people) => live?.tell(people),
    publicUrl: options.publicUrl,
    outside: {
      mail: isChannels(options.channels) ? 'mail' in options.channels : options.channels.smtp !== undefined,
      registers: (target) => isChannels(options.channels) || Object.hasOwn(options.channels.webhooks, target),
      room: () => options.room?.() ?? roomIn(dataFolder),
    },
  };
  const takeContent = async (): Promise<Published> => {
    const published = toldIn(options.log, await takeFolder(host, options.content));
    await host.refresh();
    return published;
  };
  if (!options.contentLater || (await lastRelease(store.reader)) === 0)
    refuseWithout(await takeContent(), await lastRelease(store.reader));
  if (options.demo) await seedDemo(store, options.demo, clock.now());
  await host.refresh();
  worker = makeWorker(host, isChannels(options.channels) ? options.channels : makeChannels(options.channels));
  const demo: Demo | undefined =
    options.demo &&
    demoControls(host, clock, worker, {
      ...options.demo,
      restore: () => restoreFolder(host, options.content),
    });
  const replays = new Runs(host);
  const streams = makeLive(host, options.live);
  live = streams;
  const app = makeApp({
    host,
    replays,
    live: streams,
    basePath: options.basePath,
    title: options.title,
    version: options.version,
    demo: options.demo !== undefined,
    demoControls: demo?.controls,
    demoAccounts: () => demo?.accounts() ?? [],
    metrics: makeMetrics(store),
    pages: options.pages,
    proxy: options.proxy,
    doors: doorsOf(options.doors ?? []),
    play: options.play,
    deviceKey: await makeDeviceKeys(store),
    ready: async () => readiness(await lastRelease(store.reader), await host.outside.room()),
  });
  const running = worker;
  return {
    host,
    worker: running,
    callback: () => app.callback(),
    start() {
      running.start();
      clearSpools().catch((error: unknown) => log.warn({ err: error }, 'temporary files were not cleared'));
    },
    takeContent,
    leave: () => streams.close(),
    async stop() {
      streams.close();
      await host.sandboxes.close();
      await running.stop();
      await replays.close();
      await store.close();
    },
  };
}

function readiness(release: number, room: Room): Readiness {
  if (release === 0) return 'starting';
  return room === 'none' ? 'full' : room === 'little' ? 'low' : 'ready';
}

interface State {
  /** what is compiled outlives every release */
  readonly libraries: Libraries;
  catalogue: Catalogue | undefined;
  directory: Directory | undefined;
  /** local day for which the directory's posts and the versions of the catalogue were chosen */
  day: string;
}

/** Two small reads; the rest only when another release, another directory or another day is there. */
async function refresh(store: Store, state: State, now: () => number): Promise<void> {
  const release = await lastRelease(store.reader);
  const day = localDate(now());
  if (state.catalogue?.release !== release || state.day !== day) {
    state.catalogue = await openCatalogue(store.reader, state.libraries, day);
  }
  const version = await directoryVersion(store.reader);
  if (state.directory?.version !== version || state.day !== day) {
    state.directory = makeDirectory(await loadDirectory(store.reader), day);
    state.day = day;
  }
}

/** [V4] Malformed content never takes effect: the last good release goes on, and the log names file, element and reason. */
function toldIn(log: Log, published: Published): Published {
  for (const { severity, file, element, message } of published.problems) {
    if (severity === 'error') log.error({ file, element }, `内容有误：${file} ${element}：${message}`);
    else log.info({ file, element }, `内容提示：${file} ${element}：${message}`);
  }
  if (published.release !== null) log.info({ release: published.release, changed: published.changed }, 'release');
  if (published.waits !== null)
    log.warn({ change: published.waits }, '内容目录的改动会覆盖已在浏览器中发布的内容，没有生效，放在变更里等待处理');
  return published;
}

/** Without any release there is nothing to serve. */
function refuseWithout({ problems }: Published, release: number): void {
  const [first] = problems.filter(({ severity }) => severity === 'error');
  if (release > 0 || !first) return;
  throw new Error(`内容有误，且没有可用的旧版本：${first.file} ${first.element}：${first.message}`);
}

async function makeClock(store: Store, options: PlatformOptions): Promise<Clock> {
  const base = options.clock ?? Date.now;
  let offset = options.demo ? Number((await setting(store.reader, 'demo-clock')) ?? 0) : 0;
  return {
    now: () => base() + offset,
    set: (now) => {
      offset = now - base();
    },
  };
}

/** [EXT1] The platform's service types and the host program's, if it has any; a type that is there already is not replaced. */
function withServices(more: Readonly<Record<string, Service>>): ReadonlyMap<string, Service> {
  if (Object.keys(more).length === 0) return BUILT_IN_SERVICES;
  const twice = Object.keys(more).filter((type) => BUILT_IN_SERVICES.has(type));
  if (twice.length > 0) throw new Error(`服务类型重名：${twice.join('、')}`);
  return new Map([...BUILT_IN_SERVICES, ...Object.entries(more)]);
}

const isChannels = (channels: ChannelOptions | Channels): channels is Channels => !('webhooks' in channels);

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids of 20 characters that increase with time: 9 for the millisecond, 3 for the order within it, 8 random ones. */
function makeIds(now: () => number): () => string {
  let last = 0;
  let order = 0;
  // Fetched for a hundred ids at a time: a fetch costs more than an id.
  const noise = new Uint8Array(800);
  let used = noise.length;
  const base32 = (value: number, length: number): string => {
    let text = '';
    for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
    return text;
  };
  return () => {
    const at = Math.max(now(), last);
    order = at === last ? order + 1 : 0;
    last = at;
    if (used === noise.length) {
      randomFillSync(noise);
      used = 0;
    }
    let random = '';
    for (const end = used + 8; used < end; used++) random += ALPHABET[noise[used]! % 32];
    return base32(at, 9) + base32(order, 3) + random;
  };
}
