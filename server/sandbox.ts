/**
 * Owns the composition of a sandbox: the same platform on a database in memory, with the definitions that are to be tried, a directory and a clock
 * that stands until it is moved. Nothing leaves it: no mail, no push, no timer of its own. Rules: [PLAY1] [PLAY2].
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Definition } from '@ganwei/release/definition';
import type { Cast } from '@ganwei/release/story';
import type { Log, Printer } from './catalogue/host.ts';
import { PLATFORM_FUNCTIONS } from './catalogue/language.ts';
import { Libraries } from './catalogue/library.ts';
import { putOrganisation } from './demo.ts';
import type { Playing } from './http/request.ts';
import { createPlatform, type Platform } from './platform.ts';
import { type Clock, Stage } from './sandbox/stage.ts';
import { IN_MEMORY } from './store/sqlite.ts';

/** What a sandbox begins with. */
export interface Setting {
  definitions: readonly Definition[];
  /** what each definition calls itself, by `kind/full key` */
  titles: ReadonlyMap<string, string>;
  cast: Cast;
  /** epoch milliseconds */
  begin: number;
  /** in which keys are written */
  app: string;
}

/** What only one that people look at needs. */
export interface Seen {
  basePath: string;
  title: string;
  pages: string | undefined;
  play: Playing;
}

export interface Sandbox {
  readonly platform: Platform;
  readonly stage: Stage;
  close(): Promise<void>;
}

export const newLibraries = (): Libraries => new Libraries(PLATFORM_FUNCTIONS);

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A letter that nobody looks at: its text is there, its pages are not. Composing it is done as ever, and finds what is wrong with it. */
export const PAPER: Printer = {
  print: async (source) => ({ pdf: new TextEncoder().encode(`%PDF-1.7\n${source}`), pages: 1, substitutions: [] }),
};

/** Bytes that one person may upload there: it is for trying. */
const UPLOADS = 50 * 1024 ** 2;

/** [PLAY2] What should leave has been taken, and nobody has it. */
const NOWHERE = { webhook: async () => null, mail: async () => null };

/** `libraries`: of the very same definitions. */
export async function openSandbox(
  { definitions, titles, cast, begin, app }: Setting,
  { libraries, printer = PAPER, seen }: { libraries?: Libraries; printer?: Printer; seen?: Seen } = {},
): Promise<Sandbox> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'ganwei-sandbox-'));
  const clock: Clock = { now: begin };
  try {
    const platform = await createPlatform({
      title: seen?.title ?? '',
      version: '',
      dataFolder,
      databaseFile: IN_MEMORY,
      synchronous: 'OFF',
      basePath: seen?.basePath ?? '/',
      publicUrl: 'http://localhost/',
      content: definitions,
      pages: seen?.pages,
      proxy: false,
      log: SILENT,
      printer,
      // They have been examined before anybody could think of playing them.
      examine: async () => ({ problems: [], titles, flows: new Map() }),
      channels: NOWHERE,
      clock: () => clock.now,
      room: async () => 'enough',
      quota: { perDay: UPLOADS, perCase: UPLOADS },
      ...(libraries && { libraries }),
      ...(seen && { play: seen.play }),
    });
    const { host, worker } = platform;
    await host.store.transaction((tx) => putOrganisation(tx, cast, null));
    await host.refresh();
    const stage = new Stage({ host, clock, app, definitions, settle: () => worker.settle() });
    return {
      platform,
      stage,
      async close() {
        await platform.stop();
        await rm(dataFolder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  }
}
