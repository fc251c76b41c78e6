/** Owns what is copied of a form: nodes as JSON text in the clipboard of the system, read with distrust when they come back. Rule: [FDS12]. */
import type { Named } from '@ganwei/form/edit';
import { componentOf, isFieldName, isRaw, type Raw } from '@ganwei/form/node';
import { type Address, childrenOf, keyOf, nodeAt } from '@ganwei/form/places';

const MARK = 'ganwei.form.copied';

/** Larger texts are not looked at: a form of 400 fields is a tenth of it. */
const LONGEST = 2_000_000;

export function copied(form: Raw, ats: readonly Address[]): string {
  const nodes = ats.flatMap((at) => {
    const node = nodeAt(form, at);
    return node ? [{ key: keyOf(at), node }] : [];
  });
  return JSON.stringify({ [MARK]: nodes });
}

/** undefined: the text is not what was copied from a form, or names components that there are not. */
export function pasted(text: string): readonly Named[] | undefined {
  if (text.length > LONGEST || !text.includes(MARK)) return undefined;
  try {
    const told: unknown = JSON.parse(text);
    const nodes = isRaw(told) ? told[MARK] : undefined;
    return Array.isArray(nodes) && nodes.every(isSound) ? (nodes as readonly Named[]) : undefined;
  } catch {
    return undefined;
  }
}

function isSound(one: unknown): boolean {
  if (!isRaw(one) || typeof one.key !== 'string' || !isFieldName(one.key) || !isRaw(one.node)) return false;
  const known = (node: Raw): boolean =>
    componentOf(node) !== undefined && childrenOf(node).every(([key, child]) => isFieldName(key) && known(child));
  return known(one.node);
}
