/**
 * Verbs: whoever drafts plays what a change would bring, and keeps what was done as a story of that change. A sandbox holds the directory's names and
 * posts, or the made-up people of a story; no case, no file and no attribute of a person comes into it. Rules: [PLAY1] [PLAY4] [STORY6] [STORY8].
 */
import { instantOf } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { LONGEST_SOURCE } from '@ganwei/core/contract/changes';
import { errorsOf } from '@ganwei/core/definition';
import { because, type Language, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { governedBy, mayDraft } from '@ganwei/release/change';
import { idOf, type Named } from '@ganwei/release/paths';
import { type Cast, readStory, type Story } from '@ganwei/release/story';
import { castFrom } from '../catalogue/cast.ts';
import type { Host } from '../catalogue/host.ts';
import type { Content, Play } from '../catalogue/sandboxes.ts';
import type { Call } from '../commands/run.ts';
import { lookAtChange, rightsIn } from './change.ts';
import { examined } from './publish-change.ts';
import { saveDefinition } from './save-definition.ts';

type View = Answer<'openPlay'>;

/** [PLAY1] Only who may write in the change, and in this application. */
export async function openPlay(
  host: Host,
  actor: Actor,
  id: string,
  { app, story, script, replies }: ParsedBody<'openPlay'>,
  { language, title }: { language: Language; title: string },
): Promise<View> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  const refused = mayDraft(look.facts, look.rights, { kind: 'story', app, key: '' });
  if (refused) throw refused;
  const { content, problems, titles } = await examined(host, look);
  const [first, ...others] = errorsOf(problems);
  if (first) {
    const reason = because('play.wrong', { count: others.length + 1, message: first.message });
    throw new Refusal('play.barred', { reason });
  }
  const given = story && storyIn({ definitions: content, titles }, story);
  const cast = given ? given.cast : castFrom(host.directory());
  const play = await host.sandboxes.open(actor.id, {
    definitions: content,
    titles,
    change: id,
    app,
    people: given ? 'story' : 'directory',
    cast,
    as: given ? beginner(given.story) : actor.id,
    castOf: given?.castOf ?? null,
    begin: given ? instantOf(given.story.begin) : minute(host.now()),
    script: given && (script || replies) ? given.source : null,
    replies,
    title: said(because('play.title', { title }), language),
  });
  return viewOf(host, play, language);
}

/** A story with its people, its own or those of the one it names. */
function storyIn(
  { definitions }: Content,
  { app, key }: { app: string; key: string },
): { story: Story; source: string; cast: Cast; castOf: string } {
  const source = definitions.find((one) => idOf(one) === idOf({ kind: 'story', app, key }))?.source;
  if (source === undefined) throw new Refusal('not.found');
  const story = readStory(source);
  if (typeof story.cast !== 'string') return { story, source, cast: story.cast, castOf: key };
  const [other, own] = story.cast.includes('.') ? story.cast.split('.') : [app, story.cast];
  const shared = definitions.find((one) => idOf(one) === idOf({ kind: 'story', app: other!, key: own! }))?.source;
  const cast = shared === undefined ? undefined : readStory(shared).cast;
  if (cast === undefined || typeof cast === 'string') throw new Refusal('not.found');
  return { story, source, cast, castOf: story.cast };
}

/** Whoever does the first thing. */
function beginner({ acts }: Story): string {
  const first = acts.find((act) => 'by' in act);
  return first && 'by' in first ? first.by : '';
}

const MINUTE = 60_000;
const minute = (now: number): number => now - (now % MINUTE);

/** His own, while he may still write in its change. */
async function ownPlay(host: Host, actor: Actor): Promise<Play> {
  rightsIn(host, actor);
  const play = host.sandboxes.of(actor.id);
  if (!play) throw new Refusal('play.barred', { reason: because('play.ended') });
  return play;
}

/** Null: he plays nothing. */
export async function playView(host: Host, actor: Actor, language: Language): Promise<Answer<'play'>> {
  rightsIn(host, actor);
  const play = host.sandboxes.of(actor.id);
  return { play: play ? await viewOf(host, play, language) : null };
}

type Step = (play: Play) => Promise<unknown>;

/** [PLAY7] What was asked on a page of another sandbox does nothing. */
export const goOn =
  ({ how, base, done }: ParsedBody<'playNext'>): Step =>
  async (play) => {
    if (base === baseOf(play)) await play.next({ how, done });
  };

/** Below which its pages stand. */
const baseOf = ({ id }: Play): string => `sandbox/${id}/`;

/** Does something about it and shows how it stands. */
export async function inPlay(host: Host, actor: Actor, language: Language, step: Step): Promise<View> {
  const play = await ownPlay(host, actor);
  await step(play);
  return viewOf(host, play, language);
}

export async function playPeople(host: Host, actor: Actor, q: string): Promise<Answer<'playPeople'>> {
  return { people: await (await ownPlay(host, actor)).find(q) };
}

/** [STORY11] */
export async function playReply(host: Host, actor: Actor): Promise<Answer<'playReply'>> {
  return { reply: await (await ownPlay(host, actor)).reply() };
}

export async function endPlay(host: Host, actor: Actor): Promise<{ ok: true }> {
  rightsIn(host, actor);
  await host.sandboxes.end(actor.id);
  return { ok: true };
}

/** [STORY6] The run so far becomes a draft of the change; one that is there under this key is written anew. */
export async function keepPlay(
  host: Host,
  call: Call,
  about: ParsedBody<'keepPlay'>,
): Promise<{ app: string; key: string }> {
  const play = await ownPlay(host, call.actor);
  const { app } = await play.state();
  const source = await play.story(about);
  if (source.length > LONGEST_SOURCE)
    throw new Refusal('input.too-large', { limit: because('archive.long', { most: LONGEST_SOURCE }) });
  const named: Named = { kind: 'story', app, key: about.key };
  const { entries } = await lookAtChange(host.store.reader, host, call.actor, play.change);
  const draft = entries.find((one) => idOf({ ...one, kind: 'story' }) === idOf(named) && one.kind === 'story');
  await saveDefinition(host, call, play.change, { ...named, source, revision: draft?.revision ?? 0 });
  return { app: governedBy(named), key: about.key };
}

async function viewOf(host: Host, play: Play, language: Language): Promise<View> {
  const { english } = host.catalogue();
  const text = (chinese: string): string => (language === 'en-US' ? english.text(chinese) : chinese);
  const say = (reason: Parameters<typeof said>[0]): string => said(reason, language);
  const { acts, unkept, script, waiting, cases, stuck, ...state } = await play.state();
  return {
    ...state,
    change: play.change,
    base: baseOf(play),
    people: play.people,
    waiting: waiting.map((one) => ({ ...one, flow: text(one.flow), step: text(one.step) })),
    cases: cases.map((one) => ({ ...one, status: text(one.status) })),
    stuck: stuck.map(({ step, why }) => ({ step: text(step), why: text(why) })),
    acts: acts.map(say),
    unkept: unkept ? say(unkept) : '',
    script: script && {
      ...script,
      next: script.next ? say(script.next) : '',
      differences: script.differences.map(say),
    },
  };
}
