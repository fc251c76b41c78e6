/**
 * Owns what a thread of sandboxes does: it runs stories, or holds one sandbox in which somebody plays, whose pages it answers on a socket of this
 * machine that only the server knows. Asked and answered in the words of sandbox/thread.ts. Rules: [STORY3] [PLAY1] [PLAY3].
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { instantOf } from '@ganwei/calendar/zone';
import type { Reply } from '@ganwei/core/contract/rerecord';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { appOf, resolveKey, shortKey } from '@ganwei/release/keys';
import { idOf } from '@ganwei/release/paths';
import { type Cast, readStory, type Story, storyText } from '@ganwei/release/story';
import type { Printer } from './catalogue/host.ts';
import type { Content, Opening, PlayState, Rerecorded, StoryResult } from './catalogue/sandboxes.ts';
import { Play } from './sandbox/play.ts';
import { rerecord } from './sandbox/rerecord.ts';
import { runStory } from './sandbox/run-story.ts';
import { received, sent } from './sandbox/thread.ts';
import { newLibraries, openSandbox, type Sandbox } from './sandbox.ts';

type Ask = (given: never) => Promise<unknown>;

/** Answers on this port from now on. */
export function serve(port: MessagePort): void {
  const printing = new Map<number, { done(printed: never): void; failed(error: Error): void }>();
  let count = 0;
  const printer: Printer = {
    print: (source) =>
      new Promise((done, failed) => {
        printing.set(++count, { done, failed });
        port.postMessage({ print: count, source });
      }),
  };
  const asks: Readonly<Record<string, Ask>> = { stories: runStories, rerecord: rerecordStories, ...playing(printer) };
  port.on('message', async (word) => {
    if ('print' in word) {
      const job = printing.get(word.print);
      printing.delete(word.print);
      if (word.error) job?.failed(received(word.error));
      else job?.done(word.printed as never);
      return;
    }
    const { id, what, given } = word;
    try {
      port.postMessage({ id, answer: await asks[what]!(given as never) });
    } catch (error) {
      port.postMessage({ id, error: sent(error) });
    }
  });
}

// ---- stories --------------------------------------------------------------------------------------------------------

async function runStories({
  stories,
  ...content
}: Content & { stories: readonly Pick<StoryResult, 'app' | 'key'>[] }): Promise<StoryResult[]> {
  const libraries = newLibraries();
  const results: StoryResult[] = [];
  for (const { app, key } of stories) {
    const source = sourceOf(content, app, key);
    const broken = await runOne(content, app, source, libraries).catch((error: unknown) => ({
      act: 0,
      reason: because('story.fault', { detail: error instanceof Error ? error.message : String(error) }),
    }));
    results.push({ app, key, broken });
  }
  return results;
}

async function runOne(
  content: Content,
  app: string,
  source: string,
  libraries: ReturnType<typeof newLibraries>,
): Promise<StoryResult['broken']> {
  const story = readStory(source);
  const run = ({ stage }: Sandbox) => runStory(stage, story);
  const found = await inSandbox(content, app, story, libraries, run);
  return found === undefined ? { act: 0, reason: because('story.no-cast') } : found;
}

/** Does it where this story begins; undefined: there is nobody to play it. */
async function inSandbox<T>(
  content: Content,
  app: string,
  { cast: written, begin }: Story,
  libraries: ReturnType<typeof newLibraries>,
  deed: (sandbox: Sandbox) => Promise<T>,
): Promise<T | undefined> {
  const cast = castOf(content, app, written);
  if (!cast) return undefined;
  const sandbox = await openSandbox({ ...content, cast, begin: instantOf(begin), app }, { libraries });
  try {
    return await deed(sandbox);
  } finally {
    await sandbox.close();
  }
}

async function rerecordStories({
  stories,
  replies,
  ...content
}: Content & { stories: readonly Pick<StoryResult, 'app' | 'key'>[]; replies: readonly Reply[] }): Promise<
  Rerecorded[]
> {
  const libraries = newLibraries();
  const results: Rerecorded[] = [];
  for (const { app, key } of stories) results.push(await rerecordOne(content, { app, key }, replies, libraries));
  return results;
}

async function rerecordOne(
  content: Content,
  { app, key }: Pick<StoryResult, 'app' | 'key'>,
  replies: readonly Reply[],
  libraries: ReturnType<typeof newLibraries>,
): Promise<Rerecorded> {
  const none = { app, key, lines: [], asked: null, text: null };
  try {
    const story = readStory(sourceOf(content, app, key));
    return (
      (await inSandbox(content, app, story, libraries, async ({ stage }) => {
        const { acts, ...found } = await rerecord(stage, story, replies);
        const isWhole = found.asked === null && found.stuck === null && acts.length > 0;
        return { app, key, ...found, text: isWhole ? storyText({ ...story, acts }) : null };
      })) ?? { ...none, stuck: because('story.no-cast') }
    );
  } catch (error) {
    return {
      ...none,
      stuck: because('story.fault', { detail: error instanceof Error ? error.message : String(error) }),
    };
  }
}

const sourceOf = ({ definitions }: Content, app: string, key: string): string =>
  definitions.find((one) => idOf(one) === idOf({ kind: 'story', app, key }))?.source ?? '';

/** The people of a story, its own or those of the one it names. */
function castOf(content: Content, app: string, cast: Cast | string): Cast | undefined {
  if (typeof cast !== 'string') return cast;
  const full = resolveKey((one) => sourceOf(content, appOf(one), shortKey(one)) !== '', 'story', app, cast);
  const source = sourceOf(content, appOf(full), shortKey(full));
  const other = source === '' ? undefined : readStory(source).cast;
  return typeof other === 'string' ? undefined : other;
}

// ---- one in which somebody plays ------------------------------------------------------------------------------------

type Begun = Opening & { basePath: string; pages: string | undefined };

function playing(printer: Printer): Readonly<Record<string, Ask>> {
  let open: { play: Play; sandbox: Sandbox; setting: Begun; close(): Promise<void> } | undefined;
  const current = () => {
    if (!open) throw new Refusal('not.found');
    return open;
  };
  const after =
    (act: (play: Play, given: never) => unknown) =>
    async (given: never): Promise<PlayState> => {
      const { play } = current();
      await act(play, given);
      return play.state();
    };
  return {
    async open(setting: Begun): Promise<string> {
      const { socket, ...opened } = await openPlay(setting, printer);
      open = { ...opened, setting };
      return socket;
    },
    state: after(() => undefined),
    moveClock: after((play, to: string) => play.moveClock(to)),
    playAs: after((play, person: string) => play.playAs(person)),
    next: after((play, asked: Parameters<Play['next']>[0]) => play.next(asked)),
    people: async (q: string) => current().play.people(q),
    reply: async () => current().play.reply(),
    async story(about: { key: string; title: string; note: string }): Promise<string> {
      const { play, setting } = current();
      const source = await play.story(about, false);
      // [STORY7] With those alone who took part it may come about otherwise; then everybody is needed.
      const broken = await runOne(withStory(setting, about.key, source), setting.app, source, newLibraries());
      return broken === null ? source : play.story(about, true);
    },
    async close(): Promise<void> {
      await open?.close();
      open = undefined;
    },
  };
}

/** The content with this text of a story in it. */
function withStory({ definitions, titles, app }: Begun, key: string, source: string): Content {
  const own = { kind: 'story', app, key, file: key, source } as const;
  return { definitions: [...definitions.filter((one) => idOf(one) !== idOf(own)), own], titles };
}

async function openPlay(setting: Begun, printer: Printer) {
  const csrf = randomBytes(24).toString('base64url');
  let play: Play | undefined;
  const sandbox = await openSandbox(setting, {
    printer,
    seen: {
      basePath: setting.basePath,
      title: setting.title,
      pages: setting.pages,
      play: {
        who() {
          const actor = play && sandbox.stage.host.directory().actor(play.person);
          return actor ? { actor, csrf, passwordDue: false, factor: 'none' } : null;
        },
        around: (name, asked, perform) => (play ? play.heard(name, asked, perform) : perform()),
      },
    },
  });
  const { definitions: _, titles: __, ...opening } = setting;
  const script = setting.script === null || setting.replies !== null ? null : readStory(setting.script);
  play = new Play(sandbox.stage, opening, script);
  if (setting.script !== null && setting.replies !== null) {
    const { asked, stuck } = await rerecord(sandbox.stage, readStory(setting.script), setting.replies);
    if (!asked) throw new Refusal('play.barred', { reason: stuck ?? because('play.not-asked') });
    play.ask(asked);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'play-'));
  const socket = path.join(folder, 'pages');
  const server = createServer(sandbox.platform.callback());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  return {
    play,
    sandbox,
    socket,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
