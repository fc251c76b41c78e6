/**
 * Verbs: a change is examined, and becomes a release - at once, or on a day to come - if nothing is wrong with it. Everything that would be in
 * force is examined beside the event loop and before the transaction; what has moved meanwhile is examined again. Rules: [CHG6] [CHG7] [CHG8] [V9].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { errorsOf } from '@ganwei/core/definition';
import { because, type Language, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { mayPublish } from '@ganwei/release/change';
import type { Definition } from '@ganwei/release/definition';
import { lostCodes } from '@ganwei/release/kept-codes';
import { fullKey } from '@ganwei/release/keys';
import { idOf, namedOf } from '@ganwei/release/paths';
import type { Examined, Host } from '../catalogue/host.ts';
import type { Call } from '../commands/run.ts';
import { type DraftedRow, draftTexts, takeFolderTexts } from '../store/changes.ts';
import type { Tx } from '../store/open.ts';
import { type Look, lookAtChange, namedRow, onChange, type Work } from './change.ts';
import { contentOf, definitionOf, type InForce } from './in-force.ts';
import { makeRelease } from './release.ts';
import { titleOf } from './save-definition.ts';
import { storyFindings, type Told } from './stories.ts';

/** A change, what would be in force with it, and what is wrong with that. */
export interface Seen extends Examined {
  readonly look: Look;
  readonly content: readonly Definition[];
}

/** Something has moved since it was examined. */
export class Moved extends Error {
  override readonly name = 'Moved';
}

/** Everything that would be in force with these drafts. */
export async function contentWith(tx: Tx, inForce: InForce, drafts: readonly DraftedRow[]): Promise<Definition[]> {
  return over(await contentOf(tx, inForce), drafts);
}

/** These drafts in the place of what stands there. */
function over(content: readonly Definition[], drafts: readonly DraftedRow[]): Definition[] {
  const drafted = new Set(drafts.map((row) => idOf(namedRow(row))));
  const own = drafts.flatMap((row) => (row.source === null ? [] : [definitionOf(namedRow(row), row.source)]));
  return [...content.filter((definition) => !drafted.has(idOf(definition))), ...own];
}

export async function examined(host: Host, look: Look): Promise<Seen> {
  const tx = host.store.reader;
  const before = await contentOf(tx, look.inForce);
  const content = over(before, await draftTexts(tx, look.row.id));
  const found = await host.examine(content);
  return { look, content, ...found, problems: [...found.problems, ...lostCodes(before, content)] };
}

/** [STORY5] Examined, and the stories that it touches have been run. */
export async function tried(host: Host, look: Look): Promise<Seen> {
  const seen = await examined(host, look);
  const stories = await storyFindings(host, { content: seen.content, examined: seen, drafts: look.drafts });
  return { ...seen, problems: [...seen.problems, ...stories] };
}

type Finding = Answer<'checkChange'>['findings'][number];

/** [CHG42] So many are told at once, errors first: who has mended these is told the next. */
const MOST_FINDINGS = 500;

/** What was found, each with the definition it concerns; null where it concerns none. */
export function findingsOf(
  { look, content, problems, titles }: Pick<Seen, 'look' | 'content' | 'problems' | 'titles'>,
  language: Language,
): Finding[] {
  const byFile = new Map(content.map((definition) => [definition.file, definition]));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const hints = problems.filter(({ severity }) => severity !== 'error');
  return [...errors, ...hints]
    .slice(0, MOST_FINDINGS)
    .map((problem) => ({
      ...problem,
      message: 'reason' in problem ? said((problem as Told).reason, language) : problem.message,
    }))
    .map(({ severity, rule, file, element, message }) => {
      const definition = byFile.get(file);
      if (!definition) return { severity, rule, definition: null, element, message };
      const named = namedOf(definition);
      // what cannot be compiled does not say what it is called
      const said = titles.get(idOf(named));
      const title = said === undefined || said === fullKey(named) ? titleOf(look.inForce, named) : said;
      return { severity, rule, definition: { ...named, title }, element, message };
    });
}

/** What is wrong with everything that would be in force with this change. */
export async function checkChange(
  host: Host,
  actor: Actor,
  id: string,
  language: Language = 'zh-CN',
): Promise<Answer<'checkChange'>> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  return { findings: findingsOf(await tried(host, look), language) };
}

/** `release`: null where it waits for its day, or something is wrong with it. */
export type Publication = Answer<'publishChange'>;

const ATTEMPTS = 5;

/** Tries again when something has moved; `work` throws Moved. */
export async function untilStill<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (count === ATTEMPTS) throw new Refusal('server.busy');
    }
  }
}

/**
 * [CHG6] Publishes a change, or with a day to come puts it down for that day. With errors nothing is changed, and they are the answer.
 * `effectiveOn`: YYYY-MM-DD, local; null or today: at once.
 */
export async function publishChange(
  host: Host,
  call: Call,
  id: string,
  { effectiveOn }: { effectiveOn: string | null },
  language: Language = 'zh-CN',
): Promise<Publication> {
  const today = localDate(host.now());
  if (effectiveOn !== null && effectiveOn < today)
    throw new Refusal('change.barred', { act: because('change.act.publish'), reason: because('change.day') });
  const published = await untilStill(async () => {
    const look = await lookAtChange(host.store.reader, host, call.actor, id);
    // What may not be published need not be examined; the refusal is given where a repetition is known.
    const seen = mayPublish(look.facts, look.rights) ? undefined : await tried(host, look);
    return onChange(host, call, id, ['publish', effectiveOn], async (work): Promise<Publication> => {
      const refused = mayPublish(work.facts, work.rights);
      if (refused) throw refused;
      if (!seen || !isSame(seen.look, work)) throw new Moved();
      if (errorsOf(seen.problems).length > 0) return { release: null, findings: findingsOf(seen, language) };
      if (effectiveOn === null || effectiveOn === today) {
        const release = await publishNow(work, seen, call.actor.id);
        return { release, findings: findingsOf(seen, language) };
      }
      await work.keep({ state: 'scheduled', effective_on: effectiveOn });
      await work.note('scheduled', effectiveOn);
      await work.audit('change-scheduled', { reason: effectiveOn });
      return { release: null, findings: findingsOf(seen, language) };
    });
  });
  await host.refresh();
  return published;
}

export const isSame = (seen: Look, now: Look): boolean =>
  seen.row.revision === now.row.revision && seen.inForce.release === now.inForce.release;

/** Makes the release. `by`: whose decision it was. */
export async function publishNow(work: Work, { content, titles }: Seen, by: string): Promise<number> {
  const { tx, row, inForce, now } = work;
  const { release } = await makeRelease(tx, inForce, { content, titles, at: now, by, note: row.title });
  if (release === null)
    throw new Refusal('change.barred', { act: because('change.act.publish'), reason: because('change.empty') });
  // What the folder said is in force now, or has been settled otherwise by people who saw it.
  if (row.origin === 'folder') await takeFolderTexts(tx);
  await work.keep({ state: 'published', release, base: inForce.release });
  await work.note('published', String(release));
  await work.audit('change-published', { reason: String(release), definitions: work.drafts });
  return release;
}
