/**
 * Verb: that somebody asked for a file or a letter which is not his to see goes on record: who, which one, from where. He is answered as
 * for one that does not exist, and of what does not exist there is nothing to record. Rule: [A70].
 */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { casesNamed } from '../store/cases.ts';
import { linksOfFile, loadFiles } from '../store/drafts.ts';
import { loadLetter } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { type Call, run } from './run.ts';

type Kind = 'file' | 'letter';

/** What may be told of it: its type (of a file its extension, of a letter its template) and the case. */
interface Known {
  type: string;
  caseId: string | null | undefined;
}

const KNOWN: Readonly<Record<Kind, (tx: Tx, id: string) => Promise<Known | undefined>>> = {
  async file(tx, id) {
    const [file] = await loadFiles(tx, [id]);
    if (!file) return undefined;
    const [link] = await linksOfFile(tx, id);
    return { type: file.name.slice(file.name.lastIndexOf('.') + 1).toUpperCase(), caseId: link?.case_id };
  },
  async letter(tx, id) {
    const row = await loadLetter(tx, id);
    return row && { type: row.template, caseId: row.case_id };
  },
};

/** [A70] The answer, or the refusal - which is written down first. */
export async function orNoted<T>(host: Host, call: Call, kind: Kind, id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not.found') await noteRefused(host, call, kind, id);
    throw error;
  }
}

/** [R30] Its name is content of the case: whoever audits learns what kind of thing it is, and the number of the case. */
function noteRefused(host: Host, { actor, address = '' }: Call, kind: Kind, id: string): Promise<void> {
  return run(host, { actor }, async (tx) => {
    const known = await KNOWN[kind](tx, id);
    if (!known) return;
    const [own] = known.caseId ? await casesNamed(tx, [known.caseId]) : [];
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: actor.id,
      act: 'access-refused',
      object: id,
      detail: { name: id, kind, type: known.type, number: own?.number ?? '', address },
    });
  });
}
