/** Verb: the starter takes his case back. Rule: [C1]. */
import { mayWithdraw } from '@ganwei/core/rules';
import { trimmed } from '@ganwei/core/text';
import { advance, runErrands } from '../case/advance.ts';
import type { CaseFile } from '../case/case-file.ts';
import { endEarly } from '../case/steering.ts';
import type { Host } from '../catalogue/host.ts';
import { waitsOfCase } from '../store/work.ts';
import { openReadable } from './hold-case.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

/** Name of the message that a process may wait for to handle a withdrawal itself; else the case simply ends. */
const WITHDRAWAL = 'withdraw';

/** [C1] As long as the process allows; a caller learns of the end. */
export function withdrawCase(host: Host, call: Call, id: string, comment: string): Promise<Moved> {
  return perform(host, { ...call, request: ['withdraw', id, comment] }, async (desk) => {
    const file = await openReadable(desk, id);
    const { state, starter_id: starter } = file.row;
    const refused = mayWithdraw({ state, starter, withdrawable: isWithdrawable(file) }, desk.actor);
    if (refused) throw refused;
    file.note({ kind: 'withdrawn', node: '', detail: { comment: trimmed(comment) } });
    const wait = (await waitsOfCase(desk.tx, id)).find((row) => row.kind === 'message' && row.name === WITHDRAWAL);
    if (wait) await advance(desk, file, { kind: 'message', slot: wait.slot });
    else {
      for (const ended of await endEarly(desk, file, 'withdrawn')) {
        desk.errands.push({ kind: 'ended', node: '', file: ended });
      }
      await runErrands(desk);
    }
    return moved(desk, file);
  });
}

function isWithdrawable(file: CaseFile): boolean {
  const { withdraw } = file.process.model.case;
  return withdraw !== undefined && file.holds(withdraw);
}
