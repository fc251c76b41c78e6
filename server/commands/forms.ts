/**
 * Owns the server's verdict on a filled form: what may be looked up is fetched first, then packages/form decides; nothing of a refused
 * form is kept. Rules: [F1] [F2] [T3] [S73].
 */
import { Refusal } from '@ganwei/core/refusal';
import { accept } from '@ganwei/form/accept';
import type { CompiledForm, FieldAccess, Lookups, Values } from '@ganwei/form/model';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import { plainLookups } from '../catalogue/lookups.ts';
import { referredTo } from '../catalogue/references.ts';
import type { Sight } from '../catalogue/sight.ts';
import { signed } from '../catalogue/signatures.ts';

import { loadFiles } from '../store/drafts.ts';
import type { Tx } from '../store/open.ts';

export interface Filled {
  form: CompiledForm;
  /** release the form is of */
  version: number;
  stored: Values;
  submitted: unknown;
  access: readonly FieldAccess[];
  sight: Sight;
  final: boolean;
}

/** The accepted values, signed by the server where the person signs [S73]; throws Refusal `input.invalid` with one complaint per field. */
export async function acceptForm(desk: Desk, filled: Filled): Promise<Values> {
  const lookups = await lookupsFor(desk.tx, desk.host, desk.actor.id, filled.submitted);
  const { scope, world } = filled.sight;
  const verdict = accept(filled.form, { ...filled, scope, lookups, world: { ...world, lookups } });
  if (verdict.errors.length > 0) {
    const fields = verdict.errors.map(({ path, code, message }) => ({ path, code, message }));
    throw new Refusal('input.invalid', { count: verdict.count }, fields);
  }
  for (const warning of verdict.warnings) desk.warnings.push(warning.message);
  const { actor: person, now } = desk;
  const { form, version, stored } = filled;
  return signed({ form, version, stored, person, now }, verdict.values);
}

/** What the form may ask about the world: files and cases named in the submission are read beforehand. */
export async function lookupsFor(tx: Tx, host: Host, person: string, submitted: unknown): Promise<Lookups> {
  const named = namedIds(submitted);
  const files = new Map((await loadFiles(tx, named)).map((row) => [row.id, row]));
  const actor = host.directory().actor(person);
  const referred = actor ? await referredTo(tx, host, actor, named) : [];
  const cases = new Map(referred.map((row) => [row.id, row]));
  return {
    ...plainLookups(host),
    reference: (id, process, statuses) => {
      const found = cases.get(id);
      if (!found || (process !== '' && found.process !== process)) return undefined;
      return statuses && !statuses.split(',').includes(found.status) ? undefined : { title: found.title };
    },
    file: (id) => {
      const row = files.get(id);
      return row?.owner_id === person
        ? { id: row.id, name: row.name, size: row.size, type: row.type, sha256: row.sha256 }
        : undefined;
    },
  };
}

/** Ids that occur anywhere in a submission, at most a thousand. */
export function namedIds(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (at: unknown, depth: number): void => {
    if (found.size >= 1000 || depth > 12) return;
    if (typeof at === 'string') {
      if (/^[0-9A-Za-z_-]{10,40}$/.test(at)) found.add(at);
    } else if (at && typeof at === 'object') {
      for (const inner of Object.values(at)) walk(inner, depth + 1);
    }
  };
  walk(value, 0);
  return [...found];
}

/** Ids of the files kept in accepted values. */
export function fileIds(values: unknown): string[] {
  const found: string[] = [];
  const walk = (at: unknown): void => {
    if (!at || typeof at !== 'object') return;
    if ('sha256' in at && 'id' in at) found.push(String((at as { id: unknown }).id));
    else for (const inner of Object.values(at)) walk(inner);
  };
  walk(values);
  return found;
}
