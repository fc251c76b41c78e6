/**
 * Owns what a row is once it has been read (shapes.ts): snake_case columns, documents as values, instants as epoch milliseconds.
 * View objects (camelCase) are made by queries/. A row type changes only together with a migration.
 */
import type { Audience, ReachedNode } from '@ganwei/core/history';
import type { Language } from '@ganwei/core/reason';

/** Values of a form, a record, a ledger's row: names of the content -> plain values. */
export type Document = Record<string, unknown>;

/** What a ledger's row is filtered, sorted and summed by. */
export type SlotValue = string | number | null;

/** What stands in a slot of the case's marking. */
export interface Slot {
  kind: 'user' | 'timer' | 'message' | 'call' | 'service';
  node: string;
  /** id of the task, timer or wait row */
  id: string;
  /** boundary events: slot of the activity they sit on */
  host?: string;
  /** user tasks with a deadline: its day */
  due?: string;
  /** timers on a sub-process: when it was set */
  set?: number;
}

export interface CaseRow {
  id: string;
  number: string;
  process: string;
  version: number;
  release: number;
  title: string;
  status: string;
  state: 'running' | 'ended' | 'withdrawn' | 'suspended';
  /** hash of the marking the case stands in; '' once it has ended */
  marking: string;
  /** slot of the marking -> what waits there */
  slots: Record<string, Slot>;
  /** grows by one with every change; compare-and-set */
  revision: number;
  starter_id: string;
  starter_unit: string;
  start: string;
  started_at: number;
  ended_at: number | null;
  /** the first case of the affair it belongs to; null: it is the first itself */
  matter_id: string | null;
  parent_id: string | null;
  parent_wait: string | null;
  parent_index: number;
  reached: Record<string, ReachedNode>;
  /** number of history entries, and the hash of the last one */
  entries: number;
  history_hash: string;
}

export interface TaskRow {
  id: string;
  case_id: string;
  slot: string;
  node: string;
  name: string;
  round: number;
  revision: number;
  /** the round, who takes part and who has signed: catalogue/signing.ts says what it means */
  signing: object;
  opened_at: number;
  due_at: number | null;
  due_provisional: boolean;
  priority: boolean;
  /** the node a straight return goes back to */
  resume: { to: string } | null;
}

export interface WorkItemRow {
  id: string;
  task_id: string;
  case_id: string;
  person_id: string;
  state: 'open' | 'pooled' | 'waiting';
  position: number;
  from_person: string;
  /** how it came: new, returned, transferred */
  reason: string;
  number: string;
  title: string;
  process: string;
  task_name: string;
  opened_at: number;
  /** NEVER when there is no deadline, so that sorting needs no null rule */
  due_at: number;
  due_provisional: boolean;
  /** 0 priority, 1 normal, 9 waiting for others (not listed) */
  rank: number;
}

/** due_at of a work item without deadline: sorts last. */
export const NEVER = 9_000_000_000_000;

export interface WaitRow {
  id: string;
  case_id: string;
  slot: string;
  node: string;
  kind: 'call' | 'message' | 'service';
  name: string;
  correlation: string;
  opened_at: number;
  /** of a call: how many children there are, and what those that have ended brought */
  detail: { total: number; ended: Document[] } | null;
}

export interface TimerRow {
  id: string;
  case_id: string;
  task_id: string | null;
  slot: string;
  node: string;
  /** flow: a BPMN timer; reminder: a notice to the holders of a task */
  kind: 'flow' | 'reminder';
  due_at: number;
  repeat_left: number;
  /** of a reminder: which of the step's */
  detail: { index: number } | null;
}

export interface IncidentRow {
  id: string;
  case_id: string;
  /** the task nobody can do, or whose submission failed */
  task_id: string | null;
  node: string;
  kind: string;
  detail: string;
  opened_at: number;
  /** what failed when nobody was there, as causes are written (incidents.ts); else '' */
  cause: string;
}

export interface TaskDoneRow {
  id: string;
  case_id: string;
  node: string;
  name: string;
  round: number;
  opened_at: number;
  due_at: number | null;
  closed_at: number;
  outcome: string;
  closed_by: string;
}

export interface WorkDoneRow {
  id: string;
  task_id: string;
  case_id: string;
  person_id: string;
  number: string;
  title: string;
  process: string;
  task_name: string;
  outcome: string;
  done_at: number;
}

export interface SubmissionRow {
  id: string;
  case_id: string;
  task_id: string;
  node: string;
  round: number;
  form: string;
  form_version: number;
  person_id: string;
  outcome: string;
  comment: string;
  values: Document;
  at: number;
}

export interface HistoryRow {
  case_id: string;
  seq: number;
  at: number;
  kind: string;
  person_id: string;
  node: string;
  detail: Document;
  hash: string;
}

export interface LetterRow {
  id: string;
  case_id: string | null;
  template: string;
  version: number;
  number: string;
  organ: string;
  title: string;
  state: 'issued' | 'void';
  file_id: string;
  pages: number;
  data: Document;
  substitutions: string[];
  issued_at: number;
  issued_by: string;
  void_reason: string;
  voided_at: number | null;
  /** number of the letter by which it was voided; '' for none */
  void_ground: string;
}

export interface ReceiptRow {
  id: string;
  letter_id: string;
  kind: 'to' | 'copy';
  unit_id: string;
  person_id: string;
  /** roles, separated by commas, of whom the unit's copy waits for; '' once it was handed over */
  waits_for: string;
  position: number;
  sent_at: number;
  signed_at: number | null;
  signed_by: string;
}

export interface FileRow {
  id: string;
  name: string;
  size: number;
  type: string;
  sha256: string;
  path: string;
  owner_id: string;
  at: number;
}

export interface FileLinkRow {
  file_id: string;
  case_id: string;
  place: string;
  by: string;
  at: number;
  /** of attachments; 'organ' where nothing is said */
  audience?: Audience;
}

export interface DraftRow {
  id: string;
  person_id: string;
  task_id: string | null;
  process: string;
  start: string;
  title: string;
  values: Document;
  comment: string;
  saved_at: number;
  /** the case and the action on it that the start was begun from */
  case_id: string | null;
  action: string | null;
  /** counts its savings from 1 */
  revision: number;
  /** the page that saved it last, a random word of its own */
  page: string;
}

export interface AuditRow {
  id: string;
  at: number;
  person_id: string;
  act: string;
  object: string;
  detail: Document;
}

export interface NoticeRow {
  id: string;
  person_id: string;
  kind: string;
  case_id: string | null;
  title: string;
  text: string;
  from_name: string;
  at: number;
  read_at: number | null;
  /** the letter it tells of */
  letter_id: string | null;
}

export interface MailingRow {
  person_id: string;
  choice: 'never' | 'soon' | 'daily';
  /** of the mails */
  language: Language;
  /** what came later is news to him */
  told_until: number;
  /** 0: never so far */
  mailed_at: number;
  /** when news are looked for; NEVER when they are not */
  next_at: number;
}

export interface EffectRow {
  id: string;
  case_id: string | null;
  type: string;
  target: string;
  payload: string;
  attempts: number;
  next_at: number;
  created_at: number;
  error: string;
}

export interface RecordRow {
  id: string;
  ledger: string;
  case_id: string | null;
  record_key: string;
  form: string;
  values: Document;
  at: number;
  by: string;
  voided_by: string | null;
}

export interface DefinitionRow {
  kind: string;
  key: string;
  version: number;
  title: string;
  hash: string;
  source: string;
  release: number;
  effective_from: string;
}
