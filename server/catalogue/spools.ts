/**
 * Owns the temporary folders of this server: uploads on their way, sandboxes. Each bears the process that made it, so that the next server
 * finds what a killed one has left. Rules: [LIM8] [PLAY6] nothing stays behind.
 */
import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Kind of folder -> how old one grows while its server is there, in milliseconds. Node ends an upload after five minutes; a sandbox ends when
 * nobody comes, and its folder is touched when something is run in it.
 */
const OUTLIVED = { upload: 15 * 60_000, sandbox: 24 * 3_600_000 } as const;

/** A new empty folder; whoever asks for it removes it. */
export const newSpool = (kind: keyof typeof OUTLIVED): string =>
  mkdtempSync(path.join(tmpdir(), `ganwei-${kind}-${process.pid}-`));

const NAME = /^ganwei-(upload|sandbox)-(\d+)-/;

/** Removes what servers that were killed have left behind; called when a server starts. */
export async function clearSpools(): Promise<void> {
  const began = Date.now() - process.uptime() * 1000;
  for (const name of await readdir(tmpdir())) {
    const [, kind, owner] = NAME.exec(name) ?? [];
    if (!kind) continue;
    const folder = path.join(tmpdir(), name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    const isOld = mtimeMs < Date.now() - OUTLIVED[kind as keyof typeof OUTLIVED];
    // In a container every server has the same number.
    const isOfBefore = Number(owner) === process.pid && mtimeMs < began;
    if (isOld || isOfBefore || !isAlive(Number(owner)))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
