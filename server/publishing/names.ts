/**
 * Owns what is shown of names in a change: what there is to name, where it is used, what a rename would come to and what a deletion would break. Read only, and found out
 * beside the event loop; for whoever may see the change. Rules: [REN6] [REN7] [REN10] [REN11] [REN13].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody, ParsedQuery } from '@ganwei/core/contract';
import { because, type Language, type Reason, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { governedBy } from '@ganwei/release/change';
import type { Definition } from '@ganwei/release/definition';
import { appOf, fullKey, shortKey } from '@ganwei/release/keys';
import { idOf, namedOf } from '@ganwei/release/paths';
import { type Declared, declaredBy } from '@ganwei/release/rename/declared';
import { isDeclared, namesOf } from '@ganwei/release/rename/names';
import { refusalOfName } from '@ganwei/release/rename/new-name';
import { isIn, isRemovable, without } from '@ganwei/release/rename/uses';
import type { Host, ToldOfNames } from '../catalogue/host.ts';
import { draftTexts } from '../store/changes.ts';
import { countRows, countSources } from '../store/ledgers.ts';
import { type Look, lookAtChange } from './change.ts';
import { contentOf } from './in-force.ts';
import { contentWith, findingsOf } from './publish-change.ts';
import { titleOf } from './save-definition.ts';

/** A change and everything that would be in force with it. */
interface Content {
  readonly look: Look;
  readonly content: readonly Definition[];
}

async function contentIn(host: Host, actor: Actor, id: string): Promise<Content> {
  const tx = host.store.reader;
  const look = await lookAtChange(tx, host, actor, id);
  return { look, content: await contentWith(tx, look.inForce, await draftTexts(tx, id)) };
}

/** [REN6] What a definition of the change gives a name to. */
export async function namesIn(
  host: Host,
  actor: Actor,
  id: string,
  { kind, app, key }: ParsedQuery<'names'>,
): Promise<Answer<'names'>> {
  const { content } = await contentIn(host, actor, id);
  const definition = content.find((one) => idOf(one) === idOf({ kind, app, key }));
  if (!definition) throw new Refusal('not.found');
  return { rows: namesOf(definition) };
}

/** [REN6] Where it is used. */
export async function nameUses(
  host: Host,
  actor: Actor,
  id: string,
  { thing }: ParsedBody<'nameUses'>,
  language: Language,
): Promise<Answer<'nameUses'>> {
  const { look, content } = await contentIn(host, actor, id);
  const kind = isDeclared(thing) ? declaredBy[thing.kind] : undefined;
  if (kind && !content.some((one) => one.kind === kind && fullKey(one) === thing.in)) throw new Refusal('not.found');
  const told = await host.askNames(content, { what: 'uses', thing });
  return { places: placesOf(look, told), missed: findings(look, content, told, language) };
}

const placesOf = ({ inForce }: Look, { places }: ToldOfNames): Answer<'planRename'>['places'] =>
  places.map(({ definition, place, ...said }) => {
    const named = namedOf(definition);
    return { definition: { ...named, title: titleOf(inForce, named) }, place: [...place], ...said };
  });

const findings = (look: Look, content: readonly Definition[], { missed }: ToldOfNames, language: Language) =>
  findingsOf({ look, content, problems: [...missed], titles: new Map() }, language);

/** A rename as it was worked out. `refused`: why it is not done. */
export interface Plan extends Content {
  readonly told: ToldOfNames;
  readonly refused: Reason | null;
}

const NOTHING: ToldOfNames = { places: [], missed: [], changed: null };

/** [REN7] [REN10] [REN11] What the rename comes to, and whether it may be done. */
export async function plannedRename(
  host: Host,
  actor: Actor,
  id: string,
  { name, to }: { name: Declared; to: string },
): Promise<Plan> {
  const { look, content } = await contentIn(host, actor, id);
  const definition = content.find((one) => one.kind === declaredBy[name.kind] && fullKey(one) === name.in);
  const isThere = definition && namesOf(definition).some(({ thing }) => isSame(thing, name));
  if (!definition || !isThere) return { look, content, told: NOTHING, refused: because('rename.gone') };
  const misnamed = refusalOfName(name, to, definition);
  if (misnamed) return { look, content, told: NOTHING, refused: misnamed };
  const inForce = (await contentOf(host.store.reader, look.inForce)).filter(({ kind }) => kind === 'form');
  const told = await host.askNames(content, { what: 'rename', name, to, inForce });
  const refused = unproved(told) ?? forbidden(look, told) ?? (await lost(host, look, name, told));
  return { look, content, told, refused };
}

/** Two of the same words, in whatever order these stand. */
const isSame = (one: object, other: object): boolean =>
  Object.entries(other).every(([word, value]) => (one as Record<string, unknown>)[word] === value);

/** [REN3] */
function unproved({ changed, missed }: ToldOfNames): Reason | null {
  if (changed !== null) return null;
  const [{ rule, message } = { rule: '', message: '' }] = missed;
  return because(rule === 'examination' ? 'rename.unfinished' : 'rename.wrong', { message });
}

/** [REN10] Who renames writes every definition that says the name, and must be allowed to. */
function forbidden({ rights, inForce }: Look, { changed }: ToldOfNames): Reason | null {
  const others = (changed ?? []).map(namedOf).filter((named) => !rights.may('draft', governedBy(named)));
  return others.length === 0 ? null : because('rename.rights', { names: others.map((one) => titleOf(inForce, one)) });
}

/** Kinds of which cases do not keep the version: they are asked of every case there ever was. */
const OF_ALL_CASES: readonly Definition['kind'][] = ['letter', 'ledger', 'decision', 'functions'];

/**
 * [REN11] Fields remember what they were called; the other names that cases keep do not. Where they are used beyond their own flow, which cases keep, or stand in what was
 * recorded for good, they stay.
 */
async function lost(host: Host, { inForce }: Look, name: Declared, { changed }: ToldOfNames): Promise<Reason | null> {
  if (name.kind === 'field') return null;
  const kind = declaredBy[name.kind];
  const stored = inForce.newest({ kind, app: kind === 'ledger' ? '' : appOf(name.in), key: shortKey(name.in) });
  if (!stored) return null;
  const tx = host.store.reader;
  if (name.kind === 'column') {
    const isRecord = host
      .catalogue()
      .ledgers()
      .some(({ ledger, source }) => ledger === name.in && source.kind === 'record');
    const count = isRecord ? await countRows(tx, name.in) : 0;
    return count > 0 ? because('rename.recorded', { count }) : null;
  }
  const beyond = (changed ?? []).filter((one) => OF_ALL_CASES.includes(one.kind));
  if (beyond.length === 0) return null;
  const count = await countSources(tx, { table: 'cases', process: stored.key });
  const places = beyond.map((one) => `「${titleOf(inForce, namedOf(one))}」`);
  return count > 0 ? because('rename.cases', { places, count }) : null;
}

export async function planRename(
  host: Host,
  actor: Actor,
  id: string,
  body: ParsedBody<'planRename'>,
  language: Language,
): Promise<Answer<'planRename'>> {
  const { look, content, told, refused } = await plannedRename(host, actor, id, body);
  return {
    refused: refused ? said(refused, language) : '',
    places: placesOf(look, told),
    findings: findings(look, content, told, language),
    revision: look.row.revision,
    release: look.inForce.release,
  };
}

/** [REN13] What would be wrong without it, and its definition as it would be then. */
export async function wouldBreak(
  host: Host,
  actor: Actor,
  id: string,
  { thing }: ParsedBody<'wouldBreak'>,
  language: Language,
): Promise<Answer<'wouldBreak'>> {
  const { look, content } = await contentIn(host, actor, id);
  const own = content.find((one) => isIn(thing, one));
  if (!own || !isRemovable(thing)) throw new Refusal('not.found');
  const after = without(content, thing);
  const told = await host.askNames(content, { what: 'without', after });
  const named = namedOf(own);
  const source = after.find((one) => idOf(one) === idOf(named))?.source ?? null;
  const revision = look.drafts.find((draft) => idOf(draft) === idOf(named))?.revision ?? 0;
  return { findings: findings(look, after, told, language), definition: { ...named, source, revision } };
}
