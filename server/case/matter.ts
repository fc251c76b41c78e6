/**
 * Owns to which affair (事项) a case belongs: that of the case it came from, or of the first case or letter it refers to by number, as its flow says
 * (`matter`). Without either it is the first of its own. Rule: [C18].
 */
import { caseReferredTo, matterOf } from '../store/matters.ts';
import type { Tx } from '../store/open.ts';
import type { CaseFile } from './case-file.ts';

/** Numbers that are looked for; whoever refers to more is taken at his first. */
const MOST = 10;

/** Two affairs that turn out to be one: what belonged to the first belongs to the second. */
export interface Joined {
  from: string;
  to: string;
}

/** The case joins the affair of what it refers to; answers with the affair that ends with that, if others belonged to it. */
export async function settleMatter(tx: Tx, file: CaseFile): Promise<Joined | undefined> {
  const { matter } = file.process.model.case;
  const { language } = file.at.host.catalogue();
  if (!matter || !language.compile(matter).names.some((name) => file.changes.values.has(name))) return;
  for (const number of numbersIn(file.ask(matter))) {
    const other = await caseReferredTo(tx, number);
    if (!other || other.id === file.id) continue;
    const to = matterOf(other);
    const from = matterOf(file.row);
    if (to === from) return;
    file.row.matter_id = to;
    // A case that was there before may have others behind it; they come along.
    return from === file.id && !file.isNew ? { from, to } : undefined;
  }
}

const numbersIn = (found: unknown): string[] =>
  (Array.isArray(found) ? found : [found])
    .filter((one): one is string => typeof one === 'string' && one.trim() !== '')
    .slice(0, MOST);
