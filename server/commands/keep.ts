/** Small verbs that keep something without moving a case: an uploaded file, a read notice, an export on record, a revived effect. */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { addFile } from '../store/drafts.ts';
import { readNotice as markRead, revive } from '../store/effects.ts';
import { recordAudit } from '../store/record.ts';
import { type Call, run } from './run.ts';

export interface FileRef {
  id: string;
  name: string;
  size: number;
  type: string;
  sha256: string;
}

/** [U1] A received file; it belongs to its uploader until a case refers to it. */
export async function keepUpload(
  host: Host,
  call: Call,
  upload: { name: string; type: string; bytes: Uint8Array },
): Promise<FileRef> {
  const kept = await host.files.keep(upload.bytes);
  const ref = { id: host.newId(), name: upload.name, size: kept.size, type: upload.type, sha256: kept.sha256 };
  await run(host, call, (tx) => addFile(tx, { ...ref, path: kept.path, owner_id: call.actor.id, at: host.now() }));
  return ref;
}

export const readNotice = (host: Host, call: Call, id: string): Promise<void> =>
  run(host, call, (tx) => markRead(tx, call.actor.id, id, host.now()));

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

/** [O3] A dead effect gets another life. */
export async function reviveEffect(host: Host, call: Call, id: string): Promise<boolean> {
  return run(host, call, async (tx) => {
    const revived = await revive(tx, id, host.now());
    if (!revived) throw new Refusal('not.found');
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: call.actor.id,
      act: 'redeliver',
      object: id,
      detail: {},
    });
    return revived;
  });
}
