/**
 * Owns the stories that a change has to do with: they are run with everything that would be in force, and one that comes about otherwise is an error of
 * the change, at the act that does. The content folder's are not run when it is taken over: no start waits for them. Rules: [STORY5].
 */
import { errorsOf } from '@ganwei/core/definition';
import { because, type Reason, said } from '@ganwei/core/reason';
import type { Definition } from '@ganwei/release/definition';
import { appOf, fullKey, resolveKey } from '@ganwei/release/keys';
import { idOf, type Named } from '@ganwei/release/paths';
import type { Found } from '@ganwei/release/release';
import { flowsOf, readStory } from '@ganwei/release/story';
import type { Examined, Host } from '../catalogue/host.ts';

/** A finding of the server's own, said in the language of whoever reads. */
export interface Told extends Found {
  readonly reason: Reason;
}

/** Run for one change; further ones are told as not run. */
const MOST_STORIES = 100;

/** Findings about the stories that these drafts touch; none where something else is wrong: it could not be played. */
export async function storyFindings(
  host: Host,
  { content, examined, drafts }: { content: readonly Definition[]; examined: Examined; drafts: readonly Named[] },
): Promise<Told[]> {
  if (errorsOf(examined.problems).length > 0) return [];
  const touched = content.filter((one) => one.kind === 'story' && isTouched(one, content, examined, drafts));
  const stories = touched.slice(0, MOST_STORIES).map(({ app = '', key }) => ({ app, key }));
  const results = await host.sandboxes.run({ definitions: content, titles: examined.titles }, stories);
  const beyond = touched.length - stories.length;
  return [
    ...results.flatMap(({ app, key, broken }) => {
      const story = content.find((one) => idOf(one) === idOf({ kind: 'story', app, key }));
      return broken && story ? [told(story, 'error', `acts.${broken.act}`, broken.reason)] : [];
    }),
    ...(beyond > 0
      ? [told(touched.at(-1)!, 'warning', '', because('story.many', { most: MOST_STORIES, beyond }))]
      : []),
  ];
}

const told = ({ file }: Definition, severity: Found['severity'], element: string, reason: Reason): Told => ({
  severity,
  rule: 'story',
  file,
  element,
  message: said(reason),
  reason,
});

/** Is it of an application that is changed, or does it name a flow on which a draft bears? */
function isTouched(
  story: Definition,
  content: readonly Definition[],
  { flows }: Examined,
  drafts: readonly Named[],
): boolean {
  const { app = '' } = story;
  if (drafts.some((draft) => draft.app === app)) return true;
  const there = new Set(content.filter(({ kind }) => kind === 'process').map(fullKey));
  const own = flowsOf(readStory(story.source)).map((key) => resolveKey((full) => there.has(full), 'process', app, key));
  return drafts.some((draft) => {
    const bears = flows.get(idOf(draft));
    return bears === null || (bears ?? []).some((flow) => own.includes(flow) || appOf(flow) === app);
  });
}
