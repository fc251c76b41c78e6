/** Owns the folder of kept files: content-addressed, written once, never changed. Rules: [U4] the same bytes are kept once. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Files, Quota } from './catalogue/host.ts';

/** What an office needs on a busy day; the operator may set others. */
export const QUOTA: Quota = { perDay: 2 * 1024 ** 3, perCase: 5 * 1024 ** 3 };

export type Room = 'enough' | 'little' | 'none';

/** Below a twentieth and 2 GB there is little room; below 200 MB nothing more may be taken on. */
const LITTLE = { share: 0.05, bytes: 2 * 1024 ** 3 };
const NONE = 200 * 1024 ** 2;

/** [LIM9] How much room the disk of a folder has left. */
export async function roomIn(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return roomOf(bavail * bsize, blocks * bsize);
}

/** Free and all bytes of a disk. */
export function roomOf(free: number, all: number): Room {
  if (free < NONE) return 'none';
  return free < LITTLE.bytes && free < all * LITTLE.share ? 'little' : 'enough';
}

export function makeFiles(folder: string, quota: Quota = QUOTA): Files {
  return {
    quota,
    coming: new Map(),
    async keep(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const relative = path.join(sha256.slice(0, 2), sha256);
      const target = path.join(folder, relative);
      const known = await stat(target).catch(() => null);
      if (known?.size !== bytes.length) await writeSafely(target, bytes);
      return { path: relative, sha256, size: bytes.length };
    },
    async read(row) {
      await stat(path.join(folder, row.path));
      return createReadStream(path.join(folder, row.path));
    },
    load: (row) => readFile(path.join(folder, row.path)),
  };
}

/**
 * Under another name first, flushed to the disk, then renamed: a crash leaves no half file under the final name. The names are flushed,
 * too: a power cut must not take a file that a committed row names.
 */
async function writeSafely(target: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(target);
  const made = await mkdir(folder, { recursive: true });
  const draft = `${target}.${process.pid}.${Math.floor(performance.now() * 1000)}`;
  try {
    const file = await open(draft, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    // [LIM8] A full disk must not stay full because of the half of a file.
    await rm(draft, { force: true });
    throw error;
  }
  await flush(folder);
  if (made) await flush(path.dirname(made));
}

/** The names in a folder; not every system can do it. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
