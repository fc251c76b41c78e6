/** Verb: a received file is kept for whoever sent it. Rule: [U1]. */
import type { Host } from '../catalogue/host.ts';
import { addFile } from '../store/drafts.ts';
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
