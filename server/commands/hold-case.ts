/** Owns what every verb on a case as a whole begins with: the case, if this person may read it. Rules: [A1] [C9]. */
import { Refusal } from '@ganwei/core/refusal';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import type { Surroundings } from '../catalogue/actions.ts';
import { mayReadCase } from '../catalogue/reading.ts';
import { involvementOf } from '../catalogue/relation.ts';
import { childCases } from '../store/cases.ts';

/** [A1] A case the person may not read does not exist for him. */
export async function openReadable(desk: Desk, id: string): Promise<CaseFile> {
  const file = await desk.open(id);
  const { row, process } = file;
  const own = await involvementOf(desk.tx, { row, model: process.model, sight: file.sight(), person: desk.actor });
  if (!mayReadCase(own)) throw new Refusal('not.found');
  return file;
}

/** The case as the buttons on it see it. */
export async function surroundingsOf(desk: Desk, file: CaseFile): Promise<Surroundings> {
  return {
    person: desk.actor.id,
    row: file.row,
    process: file.process,
    sight: file.sight(),
    children: await childCases(desk.tx, file.id),
  };
}
