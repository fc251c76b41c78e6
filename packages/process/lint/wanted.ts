/**
 * Owns of which types the expression of a setting may be, as the table of settings (descriptors.ts) says it. The checks of a release ask here, and a
 * property panel can; neither states a type of its own. Rule: [MOD60].
 */
import { parseType, type Type } from '@ganwei/feel/type';

const known = new Map<string, readonly Type[]>();

/** The types that `wants` names, any of which will do. */
export function wantedTypes(wants: string): readonly Type[] {
  const types = known.get(wants) ?? wants.split(' | ').map(parseType);
  known.set(wants, types);
  return types;
}
