/** Owns rows for the store tests: complete and legal, with only what the test is about given by the test. */
import { CHAIN_START } from '../../server/store/record.ts';
import type { CaseRow, EffectRow, WorkItemRow } from '../../server/store/rows.ts';

export const caseRow = (id: string, more: Partial<CaseRow> = {}): CaseRow => ({
  id,
  number: `T-2026-${id}`,
  process: 'two',
  version: 1,
  release: 1,
  title: '购置设备',
  status: 'open',
  state: 'running',
  marking: '',
  slots: {},
  revision: 1,
  starter_id: 'songqiao',
  starter_unit: 'rcb',
  start: 'start',
  started_at: 1000,
  ended_at: null,
  matter_id: null,
  parent_id: null,
  parent_wait: null,
  parent_index: 0,
  reached: {},
  entries: 0,
  history_hash: CHAIN_START,
  ...more,
});

export const itemRow = (id: string, more: Partial<WorkItemRow> = {}): WorkItemRow => ({
  id,
  task_id: `task-${id}`,
  case_id: 'c1',
  person_id: 'fuzheng',
  state: 'open',
  position: 0,
  from_person: 'songqiao',
  reason: 'new',
  number: `T-2026-${id}`,
  title: '购置设备',
  process: 'two',
  task_name: '审查',
  opened_at: 1000,
  due_at: 5000,
  due_provisional: false,
  rank: 1,
  ...more,
});

export const effectRow = (id: string, more: Partial<EffectRow> = {}): EffectRow => ({
  id,
  case_id: 'c1',
  type: 'webhook',
  target: 'archive',
  payload: '{}',
  attempts: 0,
  next_at: 1000,
  created_at: 1000,
  error: '',
  ...more,
});
