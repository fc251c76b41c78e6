/**
 * Owns what the design centre shows of what is in force: definitions by application with their versions, the language they are written in, and
 * releases. Read only; for whoever has a right of design in any application, because one cannot be checked without the others. Rules: [CHG11] [V1].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import type { Language } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { governedBy } from '@ganwei/release/change';
import { idOf, type Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import type { Entry } from '../catalogue/library.ts';
import { paged, readCursor } from '../queries/inbox.ts';
import { personRef } from '../queries/look.ts';
import { changesOfReleases, openDrafts } from '../store/changes.ts';
import { RETIRED, type ReleaseRecord, releasesBefore, releasesById } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import { namedRow, rightsIn } from './change.ts';
import { type InForce, readInForce, sourceOf } from './in-force.ts';

type Ref = Answer<'definition'>['ref'];

/** The definitions in force, by the application that governs them; what is shared has the application ''. */
export async function design(host: Host, actor: Actor, language: Language): Promise<Answer<'design'>> {
  const rights = rightsIn(host, actor);
  const tx = host.store.reader;
  const inForce = await readInForce(tx);
  const refs = await refsOf(host, tx, inForce, inForce.all());
  const { applications } = host.catalogue();
  const names = new Map(applications.map(({ app, name }) => [app, name[language]]));
  const apps = new Map<string, Ref[]>([['', []], ...applications.map(({ app }): [string, Ref[]] => [app, []])]);
  for (const ref of refs) {
    const app = ref.kind === 'application' ? ref.key : governedBy(ref);
    apps.set(app, [...(apps.get(app) ?? []), ref]);
  }
  return {
    release: inForce.release,
    applications: [...apps].map(([app, definitions]) => ({
      app,
      name: names.get(app) ?? app,
      mayDraft: rights.may('draft', app),
      definitions,
    })),
  };
}

/** How definitions are shown: what they are called, their version, and which changes have a draft of them. */
async function refsOf(
  host: Host,
  tx: Tx,
  inForce: InForce,
  definitions: readonly { named: Named; entry: Entry }[],
): Promise<Ref[]> {
  const releases = await releasesById(tx, [...new Set(definitions.map(({ entry }) => entry.release))]);
  const byId = new Map(releases.map((release) => [release.id, release]));
  const drafted = new Map<string, Ref['changes']>();
  for (const { id, title, hash, ...row } of await openDrafts(tx)) {
    const named = namedRow(row);
    if (hash === inForce.hash(named)) continue;
    drafted.set(idOf(named), [...(drafted.get(idOf(named)) ?? []), { id, title }]);
  }
  return definitions.map(({ named, entry }) => ({
    ...named,
    title: entry.title,
    version: entry.version,
    ...published(host, byId.get(entry.release)),
    changes: drafted.get(idOf(named)) ?? [],
  }));
}

const published = (host: Host, release: ReleaseRecord | undefined): Pick<Ref, 'at' | 'by'> => ({
  at: release?.at ?? 0,
  by: release?.by ? personRef(host, release.by) : null,
});

/** One version of a definition, the newest with a text where none is asked for, and which versions there are. */
export async function definitionView(
  host: Host,
  actor: Actor,
  { kind, app, key, version }: ParsedQuery<'definition'>,
): Promise<Answer<'definition'>> {
  rightsIn(host, actor);
  const tx = host.store.reader;
  const named = { kind, app, key };
  const inForce = await readInForce(tx);
  const versions = inForce.versions(named);
  const asked =
    version === undefined
      ? versions.findLast(({ hash }) => hash !== RETIRED)
      : versions.find((entry) => entry.version === version);
  const newest = versions.at(-1);
  if (!asked || !newest) throw new Refusal('not.found');
  const [ref] = await refsOf(host, tx, inForce, [{ named, entry: newest }]);
  return {
    ref: ref!,
    version: asked.version,
    source: await sourceOf(tx, asked),
    versions: versions.map((entry) => ({
      version: entry.version,
      release: entry.release,
      effectiveFrom: entry.effective_from,
      retired: entry.hash === RETIRED,
    })),
  };
}

/** Signatures of all that expressions may call and processes may use, so that the browser can check as the server does. */
export function designLanguage(host: Host, actor: Actor): Answer<'designLanguage'> {
  rightsIn(host, actor);
  return {
    services: [...host.services].map(([type, { label, inputs, raw = [], result }]) => [
      type,
      {
        label,
        inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { ...input }])),
        raw: [...raw],
        result,
      },
    ]),
    functions: Object.entries(host.functions).map(([name, { params, signatures = [] }]) => [
      name,
      { params: [...params], signatures: [...signatures] },
    ]),
  };
}

/** Releases, the newest first, each with what it brought and the change it was. */
export async function releaseList(
  host: Host,
  actor: Actor,
  { cursor, limit }: ParsedQuery<'releases'>,
): Promise<Answer<'releases'>> {
  rightsIn(host, actor);
  const tx = host.store.reader;
  const before = cursor ? readCursor(cursor, { id: 'number' }).id : undefined;
  const rows = await releasesBefore(tx, { before, limit: limit + 1 });
  const changes = await changesOfReleases(
    tx,
    rows.map(({ id }) => id),
  );
  const inForce = await readInForce(tx);
  return paged(
    rows,
    limit,
    (row) => {
      const change = changes.find(({ release }) => release === row.id);
      return {
        id: row.id,
        ...published(host, row),
        note: row.note,
        change: change ? { id: change.id, title: change.title } : null,
        definitions: inForce.broughtBy(row.id).map(({ named, entry }) => ({
          ...named,
          title: entry.title,
          version: entry.version,
          retired: entry.hash === RETIRED,
        })),
      };
    },
    ({ id }) => ({ id }),
  );
}
