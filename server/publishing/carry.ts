/**
 * Verbs: a release goes out as a folder, and a folder from elsewhere - another server, a repository - comes in as a change. A folder says
 * everything that is to be in force: what is not in it is to be retired. Rules: [CHG30] [CHG31] [CHG32].
 */
import { MOST_DRAFTS } from '@ganwei/core/contract/changes';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { noticeText } from '@ganwei/core/written';
import type { Definition } from '@ganwei/release/definition';
import { idOf, namedOf } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { type Call, run } from '../commands/run.ts';
import { packed, unpacked } from './archive.ts';
import { addChangeWith, type FirstDraft } from './begin-change.ts';
import { auditContent, mayDraftAll, rightsIn } from './change.ts';
import { contentOf, type InForce, readInForce } from './in-force.ts';
import { hashOf } from './release.ts';

/** [CHG30] Everything that was in force after this release, as one file. */
export function exportRelease(host: Host, call: Call, release: number): Promise<{ name: string; bytes: Uint8Array }> {
  return run(host, { actor: call.actor }, async (tx) => {
    rightsIn(host, call.actor);
    const inForce = await readInForce(tx, release);
    if (inForce.release < release) throw new Refusal('not.found');
    await auditContent(tx, host, 'content-exported', call, String(release));
    return { name: `ganwei-${release}.zip`, bytes: packed(await contentOf(tx, inForce)) };
  });
}

/** [CHG32] A folder becomes a change, where it says anything else than what is in force; null where it does not. */
export async function deployFolder(
  host: Host,
  call: Call,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<{ id: string | null }> {
  const rights = rightsIn(host, call.actor);
  const files = unpacked(bytes);
  const called = name.replace(/\.zip$/i, '').slice(0, 60);
  return run(host, { actor: call.actor }, async (tx) => {
    const inForce = await readInForce(tx);
    const drafts = differences(files, inForce);
    if (drafts.length === 0) return { id: null };
    if (drafts.length > MOST_DRAFTS)
      throw new Refusal('input.too-large', { limit: because('change.many', { most: MOST_DRAFTS }) });
    mayDraftAll(rights, drafts);
    const id = await addChangeWith(tx, host, call.actor, {
      title: noticeText('deployed-title', { name: called }),
      reason: noticeText('deployed-reason', { name: called }),
      origin: 'deploy',
      base: inForce.release,
      drafts,
    });
    await auditContent(tx, host, 'content-deployed', call, called);
    return { id };
  });
}

function differences(files: readonly Definition[], inForce: InForce): FirstDraft[] {
  const there = new Set(files.map(idOf));
  const written = files.map((file) => ({
    ...namedOf(file),
    source: file.source,
    baseHash: inForce.hash(namedOf(file)),
  }));
  const gone = inForce.all().filter(({ named }) => !there.has(idOf(named)));
  return [
    ...written.filter(({ source, baseHash }) => hashOf(source) !== baseHash),
    ...gone.map(({ named, entry }) => ({ ...named, source: null, baseHash: entry.hash })),
  ];
}
