/** Owns for whom a comment or an attachment of a case is meant. Read only. Rule: [READ4]. */
import { extentOf } from '../../catalogue/reading.ts';
import type { Look } from '../look.ts';

/** For its author, for whoever reads the whole case, and for the author's own colleagues who work on it; never for persons concerned. */
export function isAddressed({ reading: { relations }, actor, host }: Look, author: string): boolean {
  const extent = extentOf(relations, 'comments');
  if (extent === 'all' || author === actor.id) return true;
  if (extent !== 'addressed' || relations.has('concerned')) return false;
  const units =
    host
      .directory()
      .people.get(author)
      ?.posts.map((post) => post.unit) ?? [];
  return units.some((unit) => actor.units.includes(unit));
}
