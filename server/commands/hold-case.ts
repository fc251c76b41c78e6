/** Owns what every verb on a case as a whole begins with: the case, if this person may read it. Rules: [A1] [C9]. */
import { Refusal } from '@ganwei/core/refusal';
import type { Surroundings } from '../catalogue/actions.ts';
import { mayReadCase } from '../catalogue/reading.ts';
import { childCases, partsOf } from '../store/cases.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';

/** [A1] A case the person may not read does not exist for him. */
export async function openReadable(desk: Desk, id: string): Promise<CaseFile> {
  const file = await desk.open(id);
  const parts = await partsOf(desk.tx, id, desk.actor.id);
  const scope = file.scope(desk.actor, desk.now);
  if (!mayReadCase(file.process.model, parts, scope, file.world(desk.host, desk.now))) throw new Refusal('not.found');
  return file;
}

/** The case as the buttons on it see it. */
export async function surroundingsOf(desk: Desk, file: CaseFile): Promise<Surroundings> {
  return {
    row: file.row,
    model: file.process.model,
    scope: file.scope(desk.actor, desk.now),
    world: file.world(desk.host, desk.now),
    children: await childCases(desk.tx, file.id),
  };
}
