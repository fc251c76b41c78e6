/**
 * Owns the buttons on a case: an action starts an attached small process, as long as the case's process says who may and while
 * what holds. The page shows exactly the actions that the server would accept. Rules: [C9] [C10].
 */
import { Refusal } from '@ganwei/core/refusal';
import { fieldsOf } from '@ganwei/feel/json';
import type { CaseAction, ProcessModel, ProcessNode } from '@ganwei/process/model';
import { shortKey } from '@ganwei/release/keys';
import type { CaseRow } from '../store/rows.ts';
import type { Catalogue } from './catalogue.ts';
import type { ProcessEntry } from './library.ts';
import type { Sight } from './sight.ts';

/** The case on which a button is pressed, as the person may use it. */
export interface Surroundings {
  /** who would press it */
  person: string;
  row: CaseRow;
  process: ProcessEntry;
  sight: Sight;
  /** cases started from this one */
  children: readonly Pick<CaseRow, 'parent_wait' | 'state' | 'starter_id'>[];
}

const MARK = 'action:';
/** `parent_wait` of a case that an action started; a called case has the id of the wait there. */
export const waitOfAction = (key: string): string => MARK + key;
/** Key of the action that started a case; null for other cases. */
export const actionOf = ({ parent_wait: wait }: Pick<CaseRow, 'parent_wait'>): string | null =>
  wait?.startsWith(MARK) ? wait.slice(MARK.length) : null;

/** [C9] The actions this person may use now. */
export function offeredActions(at: Surroundings): CaseAction[] {
  const { actions } = at.process.model.case;
  return actions.filter(
    (action) =>
      isInTime(at.row, action) && !isUnderWay(at, action) && at.sight.holds(action.who) && at.sight.holds(action.when),
  );
}

const isInTime = ({ state, ended_at }: CaseRow, { afterEnd }: CaseAction): boolean =>
  state === 'running' || (afterEnd && ended_at !== null);

/** [C10] One that is under way is not offered again: to nobody, or not to the same person where each has his own. */
const isUnderWay = ({ children, person }: Surroundings, { key, perPerson }: CaseAction): boolean =>
  children.some(
    (child) => child.state === 'running' && actionOf(child) === key && (!perPerson || child.starter_id === person),
  );

/** [C19] The action of this key as the machine itself may use it now: in time, not under way, and what it waits for holds. */
export const readyAction = (at: Surroundings, key: string): CaseAction | undefined =>
  at.process.model.case.actions.find(
    (action) =>
      action.key === key && isInTime(at.row, action) && !isUnderWay(at, action) && at.sight.holds(action.when),
  );

/** [C9] The action of this key; refused when it is not offered. */
export function admitAction(at: Surroundings, key: string): CaseAction {
  const action = offeredActions(at).find((offered) => offered.key === key);
  if (action) return action;
  const known = at.process.model.case.actions.find((other) => other.key === key);
  if (!known) throw new Refusal('not.found');
  throw new Refusal('case.action-barred', { action: known.label });
}

/** First values that the action gives to the attached process's start form, from the case's data. */
export const valuesOfAction = ({ values }: CaseAction, { sight }: Surroundings): Record<string, unknown> =>
  values ? fieldsOf(sight.ask(values)) : {};

/** What the attached or called process knows of the case it came from, as it was then; FEEL name `parent`. */
export const parentContext = (row: CaseRow): Record<string, string> => ({
  id: row.id,
  number: row.number,
  title: row.title,
  process: shortKey(row.process),
  status: row.status,
  starter: row.starter_id,
  starterUnit: row.starter_unit,
});

/** The attached process and where it starts. */
export async function attachedProcess(
  catalogue: Catalogue,
  { app }: Pick<ProcessEntry, 'app'>,
  action: CaseAction,
): Promise<{ process: ProcessEntry; start: ProcessNode }> {
  const process = await catalogue.process(catalogue.resolve('process', app, action.process));
  return { process, start: internalStart(process.model) };
}

/** The start event that actions, calls and services use: the one without `who` and without message, else the first. */
export function internalStart({ nodes }: ProcessModel): ProcessNode {
  const starts = [...nodes.values()].filter((node) => node.kind === 'start' && !node.parent);
  return (starts.find((node) => !node.start?.who && !node.start?.message) ?? starts[0])!;
}
