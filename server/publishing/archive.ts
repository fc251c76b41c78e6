/**
 * Owns content as one file: a zip of the folder tree as the content folder has it, the same release always the same bytes; and reading such a
 * file, bounded before it is unpacked. Nothing of it ever touches a disk, so a link in it is a text like any other. Rules: [CHG30] [CHG31].
 */
import { LONGEST_SOURCE } from '@ganwei/core/contract/changes';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Definition } from '@ganwei/release/definition';
import { definitionAt, idOf, isNameable } from '@ganwei/release/paths';
import { unzipSync, zipSync } from 'fflate';
import { definitionOf } from './in-force.ts';

/** Files of one archive, and bytes they may unpack to: one, and all together. */
export const MOST = { files: 5_000, each: 6_000_000, bytes: 60_000_000 };

/** Every entry bears the same time, the first a zip can say. */
const NO_TIME = new Date(1980, 0, 1);

/** [CHG30] The definitions at their paths, in the order of these. */
export function packed(definitions: readonly Definition[]): Uint8Array {
  const files = definitions.map(({ file, source }) => [file, new TextEncoder().encode(source)] as const);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { mtime: NO_TIME, level: 6 });
}

/** [CHG31] The definitions in an archive; files that are none of ours are left alone. Throws Refusal naming the file that is wrong. */
export function unpacked(bytes: Uint8Array): Definition[] {
  const found = new Map<string, Definition>();
  for (const [file, content] of Object.entries(filesOf(bytes))) {
    const named = definitionAt(file);
    if (!named) continue;
    const source = textOf(file, content);
    if (!isNameable(named)) throw wrong(file, because('definition.key', { key: named.key }));
    const twin = found.get(idOf(named));
    if (twin) throw wrong(file, because('archive.twice', { other: twin.file }));
    found.set(idOf(named), { ...definitionOf(named, source), file });
  }
  if (found.size === 0) throw new Refusal('input.malformed', { detail: because('archive.none') });
  return [...found.values()];
}

/** Looked at by what the archive says of itself, before anything of it is unpacked. */
function filesOf(bytes: Uint8Array): Record<string, Uint8Array> {
  let [files, total] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        files += 1;
        total += originalSize;
        if (files > MOST.files) throw tooMuch(because('archive.files', { most: MOST.files }));
        if (leaves(name)) throw wrong(name, because('archive.outside'));
        if (total > MOST.bytes) throw tooMuch(because('list.most-bytes', { most: MOST.bytes / 1e6 }));
        if (name.endsWith('/') || !definitionAt(name)) return false;
        if (originalSize > MOST.each) throw wrong(name, because('archive.long', { most: LONGEST_SOURCE }));
        return true;
      },
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('input.malformed', { detail: because('archive.zip') });
  }
}

/** Does a name lead out of the folder? */
const leaves = (name: string): boolean =>
  /^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').some((part) => part === '..' || part === '.');

function textOf(file: string, content: Uint8Array): string {
  const source = decoded(content);
  if (source === undefined || source.includes('\0')) throw wrong(file, because('archive.text'));
  if (source.length > LONGEST_SOURCE) throw wrong(file, because('archive.long', { most: LONGEST_SOURCE }));
  return source;
}

function decoded(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

const wrong = (file: string, reason: Reason): Refusal => new Refusal('archive.file', { file, reason });

const tooMuch = (limit: Reason): Refusal => new Refusal('input.too-large', { limit });
