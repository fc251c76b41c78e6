/**
 * Owns how a finished case is read for a replay: what happened to it, in order, out of its history, its submissions and its finished steps. Must
 * never decide anything. Rule: [IMP1].
 */
import { SYSTEM } from '@ganwei/core/actor';
import type { HistoryDetails, HistoryKind } from '@ganwei/core/history';
import type { Event, RecordedCase, Submitted } from '@ganwei/release/impact/recorded';
import { actionOf } from '../catalogue/actions.ts';
import { caseScope } from '../catalogue/case-scope.ts';
import type { Directory } from '../catalogue/directory.ts';
import { TOOK_PART_BEFORE } from '../catalogue/language.ts';
import type { CaseRecord } from '../store/finished.ts';
import type { CaseRow, HistoryRow, SubmissionRow } from '../store/rows.ts';

export interface Reading {
  directory: Directory;
  /** what the flow calls itself */
  model: string;
  /** full key of a flow under its stored one */
  full(stored: string): string;
}

export function recordedCase(row: CaseRow, record: CaseRecord, reading: Reading): RecordedCase {
  const { [TOOK_PART_BEFORE]: before } = row.reached;
  return {
    id: row.id,
    start: row.start,
    events: [...happenings(record), ...calls(record, reading)].sort((a, b) => a.at - b.at),
    values: record.values,
    reached: row.reached,
    before: before ? { [TOOK_PART_BEFORE]: before } : {},
    scope({ names, values, status, outcome, person, at }) {
      const actor = reading.directory.actor(person) ?? { ...SYSTEM, id: person };
      const seen = { ...row, status, state: 'running' as const };
      return caseScope({
        row: seen,
        process: { names, model: { id: reading.model } },
        values,
        actor,
        now: at,
        outcome,
      });
    },
  };
}

function happenings({ history, submissions, done }: CaseRecord): Event[] {
  const rows = new Map(submissions.map((row) => [row.id, row]));
  const last = new Map(submissions.map((row) => [row.task_id, row.id]));
  const closed = new Map(done.map((task) => [task.id, task.outcome]));
  /** '' and `return`: it was left otherwise */
  const closes = ({ id, task_id: task }: SubmissionRow): string | null => {
    const outcome = closed.get(task);
    return last.get(task) === id && outcome && outcome !== 'return' ? outcome : null;
  };
  return history.flatMap((entry): Event[] => {
    const { at, person_id: person, node } = entry;
    const by = { at, person };
    if (is(entry, 'started')) {
      const row = rows.get(entry.detail.submission ?? '');
      return [{ ...by, kind: 'started', submitted: row ? submittedIn(row) : null }];
    }
    if (is(entry, 'submitted')) {
      const row = rows.get(entry.detail.submission);
      return row ? [{ ...by, kind: 'submitted', node, submitted: submittedIn(row), closes: closes(row) }] : [];
    }
    if (is(entry, 'returned')) {
      const { to, resume } = entry.detail;
      return [{ ...by, kind: 'returned', node, to, straight: resume === 'straight' }];
    }
    if (is(entry, 'timer')) return [{ ...by, kind: 'fired', node }];
    if (is(entry, 'message')) return [{ ...by, kind: 'message', node }];
    if (is(entry, 'rescheduled') || is(entry, 'recalculated'))
      return [{ ...by, kind: 'rescheduled', node, due: entry.detail.due }];
    if (is(entry, 'action-ended')) return [{ ...by, kind: 'action', label: entry.detail.action }];
    if (is(entry, 'withdrawn') || is(entry, 'ended-early')) return [{ ...by, kind: 'over' }];
    return [];
  });
}

const is = <K extends HistoryKind>(entry: HistoryRow, kind: K): entry is HistoryRow & { detail: HistoryDetails[K] } =>
  entry.kind === kind;

const submittedIn = ({ id, person_id: person, outcome, comment, values, at }: SubmissionRow): Submitted => ({
  id,
  person,
  outcome,
  comment,
  values,
  at,
});

/** That a call has ended stands nowhere but in the cases that it called: it ends with the last of them. */
function calls({ children }: CaseRecord, { full }: Reading): Event[] {
  const waits = new Map<string, Event | null>();
  for (const child of children) {
    const { parent_wait: wait, ended_at: at, process } = child;
    if (wait === null || actionOf(child) !== null) continue;
    const known = waits.get(wait);
    if (known === null) continue;
    if (at === null) waits.set(wait, null);
    else waits.set(wait, { kind: 'called', process: full(process), at: Math.max(at, known?.at ?? 0), person: '' });
  }
  return [...waits.values()].flatMap((event) => event ?? []);
}
