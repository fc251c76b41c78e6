/**
 * Owns an affair seen whole (事项全貌): the cases that belong to it, on the lanes their flows name, as far as this person may open them. Whatever
 * he may not open is neither listed nor counted. Read only. Rules: [A1] [Q30].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { casesOfMatter, matterOf } from '../store/matters.ts';
import { caseHead } from './case/head.ts';
import { letters } from './case/letters.ts';
import { type Look, lookAt, lookIfAllowed } from './look.ts';

type MatterView = Answer<'matter'>;

/** Cases of an affair that are looked at; an affair with more says that there are more. */
const MOST = 100;
/** Of those, whether a case has others beside it is told by looking at so many. */
const FEW = 20;

export async function matter(host: Host, actor: Actor, id: string): Promise<MatterView> {
  const own = await lookAt(host, actor, id);
  const rows = await casesOfMatter(own.tx, matterOf(own.row), MOST + 1);
  const looks = await Promise.all(rows.slice(0, MOST).map((row) => lookIfAllowed(host, actor, row.id)));
  const seen = looks.flatMap((look) => look ?? []);
  const lanes = host.catalogue().directoryWords?.lanes ?? [];
  return {
    title: (seen[0] ?? own).row.title,
    lanes: lanes.map(({ key, title }) => ({ key, title })),
    cases: await Promise.all(seen.map(entry)),
    more: rows.length > MOST,
  };
}

async function entry(look: Look): Promise<MatterView['cases'][number]> {
  const issued = await letters(look);
  return {
    case: await caseHead(look),
    lane: look.process.model.case.lane ?? '',
    letters: issued.map(({ id, number, title, issuedAt }) => ({ id, number, title, issuedAt })),
  };
}

/** Are there other cases of the same affair that he may open? */
export async function hasMatter({ host, actor, tx, row }: Look): Promise<boolean> {
  for (const other of await casesOfMatter(tx, matterOf(row), FEW))
    if (other.id !== row.id && (await lookIfAllowed(host, actor, other.id))) return true;
  return false;
}
