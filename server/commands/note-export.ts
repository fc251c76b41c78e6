/** Verb: an export of a ledger goes on record, with its reason. Rule: [R3]. */
import type { Host } from '../catalogue/host.ts';
import { recordAudit } from '../store/record.ts';
import { type Call, run } from './run.ts';

/** [R3] Every export leaves a trace with its reason. */
export const noteExport = (
  host: Host,
  call: Call,
  detail: { ledger: string; rows: number; reason: string },
): Promise<void> =>
  run(host, call, (tx) =>
    recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: call.actor.id,
      act: 'export',
      object: detail.ledger,
      detail,
    }),
  );
