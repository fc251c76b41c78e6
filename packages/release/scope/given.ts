/**
 * Owns the types of what one process gives and another takes without knowing it: the contents of messages, and records in books. They
 * are what the givers write. A sketch of the release is enough to find that out: in it messages and records could hold anything.
 */
import { join, widened } from '@ganwei/feel/fit';
import { inferExpression } from '@ganwei/feel/infer/infer';
import { contextOf, NULL, type Type } from '@ganwei/feel/type';
import type { Release } from '../release.ts';
import { inputOfType } from './inputs.ts';

export interface Given {
  /** what a message of this name brings; anything, when nobody in the release sends it */
  message(name: string): Type;
  /** what the records of a book hold; anything, when nobody in the release writes it */
  record(ledger: string): Type;
}

const ANYTHING: Type = contextOf([], true);

/** Nothing is known of what is given. */
export const GIVEN_ANYTHING: Given = { message: () => ANYTHING, record: () => ANYTHING };

/** What is given in a release, by its sketch. */
export function givenIn(sketch: Release): Given {
  const known = new Map<string, Type>();
  const once = (names: string, name: string, input: string): Type => {
    const id = `${names}/${name}`;
    const type = known.get(id) ?? givenAs(sketch, names, name, input);
    known.set(id, type);
    return type;
  };
  return {
    message: (name) => once('message name', name, 'payload'),
    record: (ledger) => once('record key', ledger, 'values'),
  };
}

/** Does the process take messages, or look into books? If not, its scope is that of the sketch. */
export function takesWhatIsGiven(release: Release, key: string): boolean {
  const nodes = [...(release.process(key)?.model.nodes.values() ?? [])];
  return nodes.some(
    ({ message, service }) => message || (service && inputOfType(release, service, 'ledger key') !== undefined),
  );
}

/** The joined types of `input` of all service tasks that name this message or book in their input of type `names`. */
function givenAs(release: Release, names: string, name: string, input: string): Type {
  let whole: Type = NULL;
  for (const key of release.keys('process')) {
    for (const { id, service } of release.process(key)?.model.nodes.values() ?? []) {
      if (!service || inputOfType(release, service, names) !== name) continue;
      const scope = release.scope(key);
      const given = service.inputs.find((one) => one.name === input)?.value;
      const known =
        given === undefined ? contextOf([]) : scope && inferExpression(given, release.language, scope.at(id)).type;
      if (known?.kind !== 'context') return ANYTHING;
      whole = join(whole, widened(known));
    }
  }
  return whole.kind === 'context' ? whole : ANYTHING;
}
