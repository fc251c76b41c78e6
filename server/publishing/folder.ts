/**
 * Verb: the content folder is one more author. What it has changed since it was last taken over takes effect at once - unless it would overwrite
 * what was published otherwise meanwhile: then its whole difference becomes a change that waits for people. Nothing is written when there is an
 * error. Rules: [V2] [V4] [V6] [V10] [V11] [V12].
 */

import { SYSTEM } from '@ganwei/core/actor';
import { errorsOf } from '@ganwei/core/definition';
import { Conflict } from '@ganwei/core/refusal';
import { noticeText } from '@ganwei/core/written';
import { rightsOf } from '@ganwei/release/change';
import type { Definition } from '@ganwei/release/definition';
import { lostCodes } from '@ganwei/release/kept-codes';
import { idOf, namedOf } from '@ganwei/release/paths';
import type { Found } from '@ganwei/release/release';
import type { Host } from '../catalogue/host.ts';
import { run } from '../commands/run.ts';
import {
  authorsOf,
  draftsOf,
  type FolderTextRow,
  folderTexts,
  openChangesOf,
  putFolderTexts,
} from '../store/changes.ts';
import { putSetting, setting } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import { addChangeWith, type FirstDraft } from './begin-change.ts';
import { lookFrom, namedRow, workOn } from './change.ts';
import { contentOf, type InForce, readInForce } from './in-force.ts';
import { Moved, untilStill } from './publish-change.ts';
import { hashOf, makeRelease } from './release.ts';

export interface Published {
  /** the release made now, or null when nothing was new or something was wrong */
  release: number | null;
  changed: number;
  problems: Found[];
  /** the change in which the folder waits, because it would overwrite what was published otherwise */
  waits: string | null;
}

const NOTHING: Published = { release: null, changed: 0, problems: [], waits: null };

/** Takes over the content folder when it has changed since it was last looked at. One with nothing in it says nothing, least of all that all goes. */
export async function takeFolder(host: Host, files: readonly Definition[]): Promise<Published> {
  if (files.length === 0) return NOTHING;
  const whole = hashOf(JSON.stringify(files.map(({ kind, app, key, source }) => [kind, app, key, source])));
  if ((await setting(host.store.reader, 'content')) === whole) return NOTHING;
  return untilStill(() => attempt(host, files, whole));
}

async function attempt(host: Host, files: readonly Definition[], whole: string): Promise<Published> {
  const { reader } = host.store;
  const inForce = await readInForce(reader);
  const folder = differenceOf(files, await folderTexts(reader), inForce);
  if (folder.overwrites) return takeTurns(host, whole, inForce.release, (tx) => wait(tx, host, folder, inForce));
  const before = await contentOf(reader, inForce);
  const content = contentAfter(files, folder, before);
  const { problems: found, titles } = await host.examine(content);
  const problems = [...found, ...lostCodes(before, content)];
  if (errorsOf(problems).length > 0) return { ...NOTHING, problems };
  return takeTurns(host, whole, inForce.release, async (tx, current) => {
    const making = { content, titles, at: host.now(), by: '', note: noticeText('folder-title', {}) };
    const made = await makeRelease(tx, current, making);
    await putFolderTexts(
      tx,
      folder.texts.map((text) => ({ ...text, hash: text.seen })),
    );
    return { ...NOTHING, ...made, problems };
  });
}

/** In one transaction, for one server at a time, and only while what was looked at is still in force. */
async function takeTurns(
  host: Host,
  whole: string,
  release: number,
  work: (tx: Tx, inForce: InForce) => Promise<Published>,
): Promise<Published> {
  try {
    return await host.store.transaction(async (tx) => {
      // First, because it holds back another server that is about to take over the same folder.
      await putSetting(tx, 'content-turn', whole);
      if ((await setting(tx, 'content')) === whole) return NOTHING;
      await putSetting(tx, 'content', whole);
      const inForce = await readInForce(tx);
      if (inForce.release !== release) throw new Moved();
      await giveWay(tx, host, inForce);
      return await work(tx, inForce);
    });
  } catch (error) {
    if (error instanceof Conflict) throw new Moved('lost the race', { cause: error });
    throw error;
  }
}

/**
 * [V12] What is in force is what the folder says, whatever was published otherwise: a new release, if that is something else. Errors keep it
 * from taking effect.
 */
export async function restoreFolder(host: Host, files: readonly Definition[]): Promise<Published> {
  const { problems, titles } = await host.examine(files);
  if (errorsOf(problems).length > 0) return { ...NOTHING, problems };
  return run(host, { actor: SYSTEM }, async (tx) => {
    const making = { content: files, titles, at: host.now(), by: '', note: noticeText('folder-title', {}) };
    const made = await makeRelease(tx, await readInForce(tx), making);
    const brought = new Map((await folderTexts(tx)).map((row) => [idOf(namedRow(row)), row]));
    const texts = files.map((file) => ({ ...namedOf(file), hash: hashOf(file.source), seen: hashOf(file.source) }));
    const kept = new Set(texts.map(idOf));
    const gone = [...brought].filter(([id]) => !kept.has(id)).map(([, row]) => ({ ...row, hash: '', seen: '' }));
    await putFolderTexts(tx, [...texts, ...gone]);
    return { ...NOTHING, ...made, problems };
  });
}

interface Folder {
  /** what it says otherwise than when it was last taken over, and is not in force already */
  readonly different: readonly FirstDraft[];
  readonly texts: readonly FolderTextRow[];
  /** something of it was published otherwise meanwhile */
  readonly overwrites: boolean;
}

/** [V10] What the folder has changed since it was last taken over, held against what is in force. */
function differenceOf(files: readonly Definition[], before: readonly FolderTextRow[], inForce: InForce): Folder {
  const now = new Map(files.map((file) => [idOf(file), file]));
  const brought = new Map(before.map((row) => [idOf(namedRow(row)), row]));
  const texts: FolderTextRow[] = [];
  const different: FirstDraft[] = [];
  let overwrites = false;
  for (const id of new Set([...brought.keys(), ...now.keys()])) {
    const file = now.get(id);
    const row = brought.get(id);
    const named = file ? namedOf(file) : namedRow(row!);
    const [hash, seen] = [row?.hash ?? '', file ? hashOf(file.source) : ''];
    texts.push({ ...named, hash, seen });
    if (seen === hash || seen === inForce.hash(named)) continue;
    different.push({ ...named, source: file?.source ?? null, baseHash: hash });
    if (inForce.hash(named) !== hash) overwrites = true;
  }
  return { different, texts, overwrites };
}

/** Everything in force with what the folder has changed; what is the same bears the folder's own path. */
function contentAfter(
  files: readonly Definition[],
  { different }: Folder,
  inForce: readonly Definition[],
): Definition[] {
  const changed = new Set(different.map(idOf));
  const same = new Map(inForce.map((definition) => [idOf(definition), definition.source]));
  const own = files.filter((file) => changed.has(idOf(file)) || same.get(idOf(file)) === file.source);
  const written = new Set(own.map(idOf));
  return [...own, ...inForce.filter((one) => !written.has(idOf(one)) && !changed.has(idOf(one)))];
}

/** [V11] The whole difference waits in a change. */
async function wait(tx: Tx, host: Host, { different, texts }: Folder, inForce: InForce): Promise<Published> {
  const waits = await addChangeWith(tx, host, SYSTEM, {
    title: noticeText('folder-title', {}),
    reason: noticeText('folder-reason', {}),
    origin: 'folder',
    base: inForce.release,
    drafts: different,
  });
  await putFolderTexts(tx, texts);
  return { ...NOTHING, waits };
}

/** [V11] What the folder said before and still waits is no longer what it says. */
async function giveWay(tx: Tx, host: Host, inForce: InForce): Promise<void> {
  const words = noticeText('folder-again', {});
  for (const row of await openChangesOf(tx, 'folder')) {
    const [drafts, authors] = [await draftsOf(tx, [row.id]), await authorsOf(tx, [row.id])];
    const work = workOn(tx, host, SYSTEM, lookFrom(row, drafts, authors, inForce, rightsOf(SYSTEM, [])));
    await work.keep({ state: 'withdrawn' });
    await work.note('withdrawn', words);
    await work.audit('change-withdrawn', { reason: words });
  }
}
