/**
 * Owns what a person is to a case, as the store and the process tell it now: relations that ended (a subject who was dropped, a starter who
 * handed over, a role that was taken away, a task that went to somebody else) are none. What follows from it is the rule book's
 * (reading.ts). Rules: [A1] [READ3].
 */
import type { Actor } from '@ganwei/core/actor';
import type { ProcessModel } from '@ganwei/process/model';
import { loadCase, loadValues, partsOf } from '../store/cases.ts';
import { lettersOfUnits, lettersTo } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import { nodesActedOn } from '../store/record.ts';
import type { CaseRow, WorkItemRow } from '../store/rows.ts';
import { itemsOfCase, tasksOfCase } from '../store/work.ts';
import { caseScope, waitingIn } from './case-scope.ts';
import { type Host, sightOf } from './host.ts';
import { type Involvement, isReader, openedTo, type Relation } from './reading.ts';
import type { Sight } from './sight.ts';

/** A case as this person's expressions see it now; undefined where there is none. */
export async function caseFor(tx: Tx, host: Host, actor: Actor, caseId: string) {
  const now = host.now();
  const row = await loadCase(tx, caseId);
  if (!row) return undefined;
  const process = await host.catalogue().process(row.process, row.version);
  const values = await loadValues(tx, caseId);
  const scope = caseScope({ row, process, values, actor, now, outcome: null });
  const sight = sightOf(host, now, scope, { reached: row.reached, waiting: waitingIn(Object.values(row.slots)) });
  return { row, process, values, sight, now };
}

export interface Asked {
  row: CaseRow;
  model: ProcessModel;
  sight: Sight;
  person: { id: string; units: readonly string[] };
  /** open work of the case, where it is known already */
  items?: readonly WorkItemRow[];
}

/** What this person is to the case now. */
export async function involvementOf(tx: Tx, { row, model, sight, person, items }: Asked): Promise<Involvement> {
  const parts = await partsOf(tx, row.id, person.id);
  const subject = parts.has('subject') && isSubject(model, sight, person.id);
  const starter = row.starter_id === person.id;
  const steps = new Set(starter ? [row.start] : []);
  // Whoever is no longer a subject had his steps as one: they end with it.
  const dropped = parts.has('subject') && !subject;
  if (parts.has('worker') && !dropped) {
    for (const id of await nodesActedOn(tx, row.id, person.id)) steps.add(id);
    for (const id of await nodesHeld(tx, row.id, person.id, items)) steps.add(id);
  }
  const letters = new Set(await lettersTo(tx, row.id, person.id));
  if (starter && !subject) for (const id of await lettersOfUnits(tx, row.id, person.units)) letters.add(id);
  for (const id of receivedAt(model, steps, sight)) letters.add(id);

  const relations = new Set<Relation>();
  if (isReader(model, sight, subject)) relations.add('reader');
  if ([...steps].some((id) => model.nodes.get(id)?.task)) relations.add('handler');
  if (starter || subject) relations.add('concerned');
  const opened = openedTo(model, sight, subject);
  // Whom the process opens a part of the case knows of it as whoever received something of it.
  if (letters.size > 0 || parts.has('reader') || opened) relations.add('recipient');
  return { relations, steps, letters, ...(opened ?? NOTHING_MORE) };
}

const NOTHING_MORE = { granted: new Set<never>(), grantedForms: new Set<never>() };

function isSubject({ case: settings }: ProcessModel, sight: Sight, person: string): boolean {
  return settings.subjects !== undefined && sight.people(settings.subjects).includes(person);
}

/** Nodes of the open tasks that he holds or may take. */
async function nodesHeld(tx: Tx, caseId: string, person: string, known?: readonly WorkItemRow[]): Promise<string[]> {
  const items = known ?? (await itemsOfCase(tx, caseId));
  const held = items.filter((item) => item.person_id === person && item.state !== 'waiting');
  if (held.length === 0) return [];
  const tasks = await tasksOfCase(tx, caseId);
  return tasks.filter((task) => held.some((item) => item.task_id === task.id)).map((task) => task.node);
}

/** Letters that a step of his receives: it may have come to him by a transfer. */
function receivedAt(model: ProcessModel, steps: ReadonlySet<string>, sight: Sight): string[] {
  return [...steps].flatMap((id) => {
    const receipt = model.nodes.get(id)?.task?.receipt;
    const letter = receipt === undefined ? null : sight.ask(receipt);
    return typeof letter === 'string' ? [letter] : [];
  });
}
