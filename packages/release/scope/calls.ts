/**
 * Owns what is known of the arguments of an application's functions: the types that all their callers give, taken together. A body that
 * is wrong for this is wrong for every caller.
 */
import { join } from '@ganwei/feel/fit';
import { listOf, sameTypes, type Type } from '@ganwei/feel/type';

/** The types of the arguments of a call by the names of the parameters. */
export type Given = ReadonlyMap<string, Type>;

/** What each function is given where something calls. */
export class Calls {
  readonly #given = new Map<string, Given>();

  get(name: string): Given | undefined {
    return this.#given.get(name);
  }

  note(name: string, given: Given): void {
    const before = this.#given.get(name);
    const whole = [...given].map(([parameter, type]) => {
      const earlier = before?.get(parameter);
      return [parameter, earlier ? join(earlier, type) : type] as const;
    });
    this.#given.set(name, new Map(whole));
  }

  noteAll(calls: Calls): void {
    for (const [name, given] of calls.#given) this.note(name, given);
  }
}

export const sameGiven = (one: Given | undefined, other: Given | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && sameTypes(one, other));

/** What a function is given where that says more than what it declares. */
export function narrower(declared: Type, given: Type | undefined): Type {
  if (!given || given.kind === 'null') return declared;
  if (declared.kind === 'any') return given;
  if (declared.kind === 'list' && given.kind === 'list') return listOf(narrower(declared.item, given.item));
  if (declared.kind === 'context' && given.kind === 'context') return declared.open ? given : declared;
  const plain = declared.kind === 'string' && !declared.id && !declared.enumeration;
  return plain && given.kind === 'string' ? given : declared;
}
