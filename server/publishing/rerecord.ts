/**
 * Verbs: the stories that a change breaks are recorded anew, some at a time, with what their author replies at steps that none of them answers; what
 * came about as it was shown becomes drafts of the change. Rules: [STORY10] [STORY12].
 */
import { createHash } from 'node:crypto';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { LONGEST_SOURCE } from '@ganwei/core/contract/changes';
import { because, type Language, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { mayDraft } from '@ganwei/release/change';
import { idOf, type Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import type { Rerecorded } from '../catalogue/sandboxes.ts';
import type { Call } from '../commands/run.ts';
import { type Look, lookAtChange } from './change.ts';
import { examined } from './publish-change.ts';
import { saveDefinition } from './save-definition.ts';

type Asked = Pick<ParsedBody<'rerecord'>, 'stories' | 'replies'>;
type Shown = Answer<'rerecord'>['stories'][number];

/** [STORY10] Changes nothing. */
export async function rerecordStories(
  host: Host,
  actor: Actor,
  { id, language, ...asked }: Asked & { id: string; language: Language },
): Promise<Answer<'rerecord'>> {
  const { results, titles } = await gone(host, actor, id, asked);
  return { stories: results.map((one) => shown(one, titles.get(idOf(named(one))) ?? one.key, language)) };
}

/** [STORY12] Only what comes about as it was shown. */
export async function keepRerecorded(
  host: Host,
  call: Call,
  id: string,
  { stories, replies }: ParsedBody<'keepRerecorded'>,
): Promise<Answer<'keepRerecorded'>> {
  const asked = { stories: stories.map(({ app, key }) => ({ app, key })), replies };
  const { results, look } = await gone(host, call.actor, id, asked);
  const kept: Named[] = [];
  for (const one of results) {
    const seen = stories.find(({ app, key }) => app === one.app && key === one.key)?.seen;
    if (one.text === null || one.text.length > LONGEST_SOURCE || digestOf(one) !== seen) continue;
    const draft = look.entries.find(
      (entry) => entry.kind === 'story' && entry.app === one.app && entry.key === one.key,
    );
    // One save is one request: the key of the whole would answer the second as the first.
    const { key: _, ...own } = call;
    await saveDefinition(host, own, id, { ...named(one), source: one.text, revision: draft?.revision ?? 0 });
    kept.push(named(one));
  }
  const ids = new Set(kept.map(idOf));
  return {
    kept: kept.map(({ app, key }) => ({ app, key })),
    left: asked.stories.filter((one) => !ids.has(idOf(named(one)))),
  };
}

const named = ({ app, key }: { app: string; key: string }): Named => ({ kind: 'story', app, key });

/** Refused whole where he may not draft one of them, or where the content could not be played. */
async function gone(
  host: Host,
  actor: Actor,
  id: string,
  { stories, replies }: Asked,
): Promise<{ results: Rerecorded[]; look: Look; titles: ReadonlyMap<string, string> }> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  for (const story of stories) {
    const refused = mayDraft(look.facts, look.rights, named(story));
    if (refused) throw refused;
  }
  const { content, problems, titles } = await examined(host, look);
  // What is wrong with stories is what they are recorded anew for.
  const written = new Set(content.filter(({ kind }) => kind === 'story').map(({ file }) => file));
  const [first, ...others] = problems.filter(({ severity, file }) => severity === 'error' && !written.has(file));
  if (first) {
    const reason = because('play.wrong', { count: others.length + 1, message: first.message });
    throw new Refusal('play.barred', { reason });
  }
  const there = new Set(content.map(idOf));
  if (stories.some((story) => !there.has(idOf(named(story))))) throw new Refusal('not.found');
  const results = await host.sandboxes.rerecord({ definitions: content, titles }, stories, replies);
  return { results, look, titles };
}

function shown(one: Rerecorded, title: string, language: Language): Shown {
  const { app, key, lines, asked, stuck } = one;
  const say = (reason: Parameters<typeof said>[0]): string => said(reason, language);
  return {
    app,
    key,
    title,
    lines: lines.map(({ n, act, told }) => ({ n, act: say(act), told: told.map(say) })),
    asked: asked && { ...asked, who: [...asked.who], refused: asked.refused ? say(asked.refused) : '' },
    stuck: stuck ? say(stuck) : '',
    seen: digestOf(one),
  };
}

/** '' there is no text. */
const digestOf = ({ text }: Rerecorded): string =>
  text === null ? '' : createHash('sha256').update(text).digest('hex');
