/**
 * Verb: that somebody asked for a file or a letter which is not his to see goes on record: who, which one, from where. He is answered as
 * for one that does not exist, and of what does not exist there is nothing to record. Rule: [A70].
 */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { loadFiles } from '../store/drafts.ts';
import { loadLetter } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { type Call, run } from './run.ts';

type Kind = 'file' | 'letter';

const EXISTS: Readonly<Record<Kind, (tx: Tx, id: string) => Promise<boolean>>> = {
  file: async (tx, id) => (await loadFiles(tx, [id])).length > 0,
  letter: async (tx, id) => (await loadLetter(tx, id)) !== undefined,
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

/** Its name is content of the case: whoever audits learns the id alone. */
function noteRefused(host: Host, { actor, address = '' }: Call, kind: Kind, id: string): Promise<void> {
  return run(host, { actor }, async (tx) => {
    if (!(await EXISTS[kind](tx, id))) return;
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: actor.id,
      act: 'access-refused',
      object: id,
      detail: { name: id, kind, address },
    });
  });
}
