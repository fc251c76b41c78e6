/** Owns for whom a comment or an attachment of a case is meant. Read only. Rules: [READ4] [READ10]. */
import type { Audience } from '@ganwei/core/history';
import { extentOf } from '../../catalogue/reading.ts';
import type { Look } from '../look.ts';

/** What somebody added to a case; without an audience it is for his own organ. */
export interface Added {
  author: string;
  audience?: Audience | undefined;
}

/**
 * For its author, for whoever reads the whole case, and for the author's own colleagues who work on it; for persons concerned only if the
 * author says so.
 */
export function isAddressed({ reading, actor, host }: Look, { author, audience }: Added): boolean {
  const extent = extentOf(reading, 'comments');
  if (extent === 'all' || author === actor.id) return true;
  if (extent !== 'addressed') return false;
  if (reading.relations.has('concerned')) return audience === 'concerned';
  const units =
    host
      .directory()
      .people.get(author)
      ?.posts.map((post) => post.unit) ?? [];
  return units.some((unit) => actor.units.includes(unit));
}
