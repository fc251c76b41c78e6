/** Verb: a received file is kept for whoever sent it, as far as his day's quota goes. Rules: [U1] [LIM8]. */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { addFile, uploadedSince } from '../store/drafts.ts';
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

/** [U1] A received file; it belongs to its uploader until a case refers to it. */
export async function keepUpload(
  host: Host,
  call: Call,
  upload: { name: string; type: string; bytes: Uint8Array },
): Promise<FileRef> {
  const { perDay } = host.files.quota;
  const uploaded = await uploadedSince(host.store.reader, call.actor.id, host.now() - DAY);
  if (uploaded + upload.bytes.length > perDay)
    throw new Refusal('file.quota', { quota: because('quota.day', { most: megabytes(perDay) }) });
  const kept = await host.files.keep(upload.bytes);
  const ref = { id: host.newId(), name: upload.name, size: kept.size, type: upload.type, sha256: kept.sha256 };
  await run(host, call, (tx) => addFile(tx, { ...ref, path: kept.path, owner_id: call.actor.id, at: host.now() }));
  return ref;
}
