/**
 * Owns what the text of a definition calls itself, also while it cannot be compiled: what is being drafted is listed by it.
 */
import type { Kind } from './definition.ts';
import { outlineOf } from './diff.ts';

/** '' where the text does not say, or cannot be read so far. */
export async function calledIn(kind: Kind, source: string): Promise<string> {
  const [whole] = (await outlineOf(kind, source))?.items ?? [];
  return whole?.name || whole?.settings.find(({ key }) => key === 'title' || key === 'name')?.text || '';
}
