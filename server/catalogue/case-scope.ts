/**
 * Owns what an expression sees of a case: its data under the names of its forms and services, and `parent`,
 * `case`, `actor`, `outcome`, `today`.
 * Every known name is there, null until it is filled, so that a misspelt one is an error and an unfilled one is not. What was filled in
 * before a field was renamed is there under its newer name as well [REN8].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { STATE_WORDS } from '@ganwei/core/written';
import { withNewerNames } from '@ganwei/form/formerly';
import type { CaseSettings } from '@ganwei/process/model';
import type { CaseRow, Slot, SubmissionRow } from '../store/rows.ts';
import type { Directory } from './directory.ts';
import type { ProcessEntry } from './library.ts';

/** What of a case expressions see. */
export type SeenCase = Pick<
  CaseRow,
  'id' | 'number' | 'title' | 'starter_id' | 'starter_unit' | 'start' | 'status' | 'state' | 'started_at' | 'parent_id'
>;

export interface CaseData {
  row: SeenCase;
  process: Pick<ProcessEntry, 'names' | 'former'> & { model: Pick<ProcessEntry['model'], 'id'> };
  values: ReadonlyMap<string, unknown>;
  actor: Actor;
  now: number;
  /** key of the outcome that caused the present step */
  outcome: string | null;
}

export function caseScope({ row, process, values, actor, now, outcome }: CaseData): Record<string, unknown> {
  const scope: Record<string, unknown> = { parent: null };
  for (const name of process.names) scope[name] = null;
  for (const [name, value] of values) scope[name] = withNewerNames(value, process.former?.get(name) ?? []);
  scope.case = {
    id: row.id,
    number: row.number,
    title: row.title,
    process: process.model.id,
    starter: row.starter_id,
    starterUnit: row.starter_unit,
    start: row.start,
    status: row.status,
    state: row.state,
    startedOn: localDate(row.started_at),
    parent: row.parent_id,
  };
  scope.actor = actorContext(actor);
  scope.outcome = outcome;
  scope.today = localDate(now);
  return scope;
}

/** One entry of a form filled by several people. */
export const listed = (
  directory: Directory,
  row: Pick<SubmissionRow, 'values' | 'person_id' | 'at' | 'outcome' | 'comment'>,
): Record<string, unknown> => ({
  ...row.values,
  by: row.person_id,
  byName: directory.nameOf(row.person_id),
  at: row.at,
  outcome: row.outcome,
  comment: row.comment,
});

/** The actor as expressions see him. */
export const actorContext = (actor: Actor): Record<string, unknown> => ({
  id: actor.id,
  name: actor.name,
  unit: actor.unit,
  unitName: actor.unitName,
  post: actor.post,
  units: [...actor.units],
  roles: actor.roles.map((held) => ({ ...held })),
  duties: [...actor.duties],
});

/** Steps that are open, with their due dates; FEEL `waiting` and `due of` ask here. */
export function waitingIn(slots: Iterable<Slot>): Map<string, string | null> {
  const waiting = new Map<string, string | null>();
  for (const { kind, node, due } of slots) if (kind === 'user') waiting.set(node, due ?? null);
  return waiting;
}

export interface StatusView {
  key: string;
  label: string;
  tone: 'running' | 'done' | 'stopped' | 'warning';
}

const TONES: Record<CaseRow['state'], StatusView['tone']> = {
  running: 'running',
  ended: 'done',
  withdrawn: 'stopped',
  suspended: 'warning',
};

const stateView = (key: string, state: CaseRow['state']): StatusView => ({
  key,
  label: STATE_WORDS[state].zh,
  tone: TONES[state],
});

/** The label of a status key; the state's own word where the process names none. */
export function statusOf(statuses: CaseSettings['statuses'], key: string, state: CaseRow['state']): StatusView {
  if (state === 'withdrawn' || state === 'suspended') return stateView(key, state);
  return statuses.find((s) => s.key === key) ?? stateView(key, state);
}
