/** Verb: a received file is kept for whoever sent it, as far as his day's quota goes. Rules: [U1] [LIM8] [LIM20]. */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { holdPerson } from '../store/directory.ts';
import { addFile, uploadedSince } from '../store/drafts.ts';
import type { Tx } from '../store/open.ts';
import { type Call, run } from './run.ts';

export interface FileRef {
  id: string;
  name: string;
  size: number;
  type: string;
  sha256: string;
}

const DAY = 86_400_000;

export const megabytes = (bytes: number): number => Math.floor(bytes / 1024 ** 2);

interface Upload {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** [LIM20] Receives a file of about this size and keeps it: its bytes count from now on, so that uploads at once are held against the quota together. */
export async function takeUpload(
  host: Host,
  call: Call,
  announced: number,
  receive: () => Promise<Upload>,
): Promise<FileRef> {
  const { coming } = host.files;
  const { id } = call.actor;
  const others = coming.get(id) ?? 0;
  coming.set(id, others + announced);
  try {
    await refuseBeyond(host, host.store.reader, id, others + announced);
    return await keepUpload(host, call, await receive());
  } finally {
    const left = (coming.get(id) ?? 0) - announced;
    if (left > 0) coming.set(id, left);
    else coming.delete(id);
  }
}

/** [U1] A received file; it belongs to its uploader until a case refers to it. */
export async function keepUpload(host: Host, call: Call, upload: Upload): Promise<FileRef> {
  await refuseBeyond(host, host.store.reader, call.actor.id, upload.bytes.length);
  const kept = await host.files.keep(upload.bytes);
  const ref = { id: host.newId(), name: upload.name, size: kept.size, type: upload.type, sha256: kept.sha256 };
  await run(host, call, async (tx) => {
    // Another server may have kept one meanwhile.
    await holdPerson(tx, call.actor.id);
    await refuseBeyond(host, tx, call.actor.id, kept.size);
    await addFile(tx, { ...ref, path: kept.path, owner_id: call.actor.id, at: host.now() });
  });
  return ref;
}

async function refuseBeyond(host: Host, tx: Tx, person: string, more: number): Promise<void> {
  const { perDay } = host.files.quota;
  if ((await uploadedSince(tx, person, host.now() - DAY)) + more > perDay)
    throw new Refusal('file.quota', { quota: because('quota.day', { most: megabytes(perDay) }) });
}
