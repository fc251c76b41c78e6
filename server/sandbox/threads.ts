/**
 * Owns which sandboxes are open: one thread runs stories, one after the other, and is let go when it has nothing to do; each person who plays has one
 * of his own, until he leaves or stays away. What was run with the same content is answered again. Rules: [STORY3] [STORY5] [PLAY1] [PLAY6].
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Reply } from '@ganwei/core/contract/rerecord';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import type { Content, Opening, Play, PlayState, Rerecorded, Sandboxes, StoryResult } from '../catalogue/sandboxes.ts';
import { Thread } from './thread.ts';

export interface SandboxOptions {
  /** below which the platform is mounted */
  basePath: string;
  /** folder of the built pages */
  pages: string | undefined;
  /** for all stories of one change, in milliseconds */
  storiesMs?: number;
  /** how long nobody need come to a sandbox before it is closed */
  idleMs?: number;
  /** open at once, whoever's they are */
  most?: number;
}

const STORIES_MS = 180_000;
const STORIES_MEMORY = 1_000;
/** How long the thread of stories keeps what it has compiled. */
const REST = 300_000;

const PLAY_MEMORY = 700;
const OPENING_MS = 120_000;
const CALL_MS = 60_000;
const IDLE = 20 * 60_000;
const MOST = 3;

type StoryKey = Pick<StoryResult, 'app' | 'key'>;
type Openness = Pick<Host, 'printer' | 'log'>;

/** Threads are begun when something is asked for. */
export function makeSandboxes(host: () => Openness, options: SandboxOptions): Sandboxes {
  const { storiesMs = STORIES_MS, idleMs = IDLE, most = MOST } = options;
  const plays = new Map<string, Open>();
  const opening = new Set<string>();
  const stories = new Stories(storiesMs);

  async function end(owner: string): Promise<void> {
    const play = plays.get(owner);
    plays.delete(owner);
    await play?.close();
  }

  async function begin(owner: string, begun: Opening): Promise<Play> {
    if (plays.size >= most) throw new Refusal('play.barred', { reason: because('play.full', { most }) });
    const play = new Open(begun, {
      printer: host().printer,
      idleMs,
      onEnd(reason) {
        if (plays.get(owner) === play) plays.delete(owner);
        host().log.warn({ reason }, 'sandbox ended');
      },
    });
    plays.set(owner, play);
    try {
      await play.begin(begun, options);
    } catch (error) {
      await end(owner);
      if (error instanceof Refusal) throw error;
      throw new Refusal('play.barred', { reason: because('play.broken', { detail: (error as Error).message }) });
    }
    return play;
  }

  return {
    run: (content, asked) => stories.run(content, asked),
    rerecord: (content, asked, replies) => stories.rerecord(content, asked, replies),
    async open(owner, begun) {
      // A thread is dear: whoever asks twice at once has one of them.
      if (opening.has(owner)) throw new Refusal('server.busy');
      opening.add(owner);
      try {
        await end(owner);
        return await begin(owner, begun);
      } finally {
        opening.delete(owner);
      }
    },
    of: (owner) => plays.get(owner),
    end,
    async close() {
      await stories.stop();
      await Promise.all([...plays.keys()].map(end));
    },
  };
}

/** The thread in which stories are run. */
class Stories {
  readonly #ms: number;
  #thread: Thread | undefined;
  #rest: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #last: { hash: string; results: StoryResult[] } | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** One run at a time; the same as last time is not run again. */
  run(content: Content, asked: readonly StoryKey[]): Promise<StoryResult[]> {
    return this.#inTurn(() => this.#run(content, asked));
  }

  rerecord(content: Content, asked: readonly StoryKey[], replies: readonly Reply[]): Promise<Rerecorded[]> {
    return this.#inTurn(async () => {
      const given = { ...content, stories: asked, replies };
      const failed = (stuck: Reason): Rerecorded[] =>
        asked.map(({ app, key }) => ({ app, key, lines: [], asked: null, stuck, text: null }));
      return this.#ask<Rerecorded[]>('rerecord', given, failed);
    });
  }

  #inTurn<T>(deed: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(deed);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #run(content: Content, asked: readonly StoryKey[]): Promise<StoryResult[]> {
    if (asked.length === 0) return [];
    const hash = createHash('sha256')
      .update(JSON.stringify([content.definitions, asked]))
      .digest('hex');
    if (this.#last?.hash === hash) return this.#last.results;
    let whole = true;
    const results = await this.#ask<StoryResult[]>('stories', { ...content, stories: asked }, (reason) => {
      whole = false;
      return asked.map(({ app, key }) => ({ app, key, broken: { act: 0, reason } }));
    });
    if (whole) this.#last = { hash, results };
    return results;
  }

  /** What goes beyond its bounds, or breaks, is answered by `failed`. */
  async #ask<T>(what: string, given: object, failed: (reason: Reason) => T): Promise<T> {
    clearTimeout(this.#rest);
    this.#thread ??= new Thread({ megabytes: STORIES_MEMORY, onEnd: () => void this.stop() });
    try {
      const answer = await this.#thread.ask<T>(what, given, this.#ms);
      this.#rest = setTimeout(() => void this.stop(), REST).unref();
      return answer;
    } catch (error) {
      await this.stop();
      return failed(because('story.unfinished', { detail: (error as Error).message }));
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#rest);
    const ending = this.#thread;
    this.#thread = undefined;
    await ending?.end('stopped');
  }
}

/** A sandbox that somebody plays in. */
class Open implements Play {
  readonly id = randomBytes(9).toString('base64url');
  readonly change: string;
  readonly people: Opening['people'];
  socket = '';
  readonly #thread: Thread;
  readonly #idleMs: number;
  readonly #onEnd: (reason: string) => void;
  #alarm: NodeJS.Timeout | undefined;

  constructor(
    { change, people }: Opening,
    { printer, idleMs, onEnd }: { printer: Host['printer']; idleMs: number; onEnd(reason: string): void },
  ) {
    this.change = change;
    this.people = people;
    this.#idleMs = idleMs;
    this.#onEnd = onEnd;
    this.#thread = new Thread({ megabytes: PLAY_MEMORY, printer, onEnd });
  }

  async begin(opening: Opening, { basePath, pages }: SandboxOptions): Promise<void> {
    const base = `${basePath.replace(/\/$/, '')}/sandbox/${this.id}`;
    this.socket = await this.#thread.ask('open', { ...opening, basePath: base, pages }, OPENING_MS);
    this.used();
  }

  used(): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => {
      this.#onEnd('idle');
      void this.close();
    }, this.#idleMs).unref();
  }

  // A page that is merely open asks this again and again: it is no use of it.
  state = (): Promise<PlayState> => this.#thread.ask('state', null, CALL_MS);
  moveClock = (to: string): Promise<PlayState> => this.#ask('moveClock', to);
  find = (q: string) => this.#ask<PlayState['person'][]>('people', q);
  playAs = (person: string): Promise<PlayState> => this.#ask('playAs', person);
  next: Play['next'] = (asked) => this.#ask('next', asked);
  reply = (): Promise<Reply | null> => this.#thread.ask('reply', null, CALL_MS);
  story = (about: { key: string; title: string; note: string }): Promise<string> => this.#ask('story', about);

  async close(): Promise<void> {
    clearTimeout(this.#alarm);
    // It takes its folder away by itself.
    await this.#thread.ask('close', null, 5_000).catch(() => undefined);
    await this.#thread.end('closed');
  }

  #ask<T>(what: string, given: unknown): Promise<T> {
    this.used();
    return this.#thread.ask<T>(what, given, CALL_MS);
  }
}
