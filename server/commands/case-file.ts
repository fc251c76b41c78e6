/**
 * Owns one case while a transaction works on it: what was read, what has changed, and the writing of exactly that.
 * Nothing here decides anything. Rules: [P1] [P5] [H1].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Json } from '@ganwei/form/model';
import type { ProcessNode } from '@ganwei/process/model';
import { caseScope, type Slot, waitingIn } from '../catalogue/case-scope.ts';
import type { ProcessEntry } from '../catalogue/catalogue.ts';
import { type Host, worldOf } from '../catalogue/host.ts';
import type { ReachedNode, World } from '../catalogue/language.ts';
import { addPeople, insertCase, type Part, putValue, updateCase } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import { append, appendHistory, type HistoryEntry } from '../store/record.ts';
import type {
  CaseRow,
  IncidentRow,
  SubmissionRow,
  TaskDoneRow,
  TaskRow,
  TimerRow,
  WaitRow,
  WorkDoneRow,
  WorkItemRow,
} from '../store/rows.ts';
import { insertAll, removeAll } from '../store/work.ts';

/** Rows to be written when the transaction has thought everything through. */
interface Changes {
  values: Set<string>;
  tasks: TaskRow[];
  items: WorkItemRow[];
  waits: WaitRow[];
  timers: TimerRow[];
  incidents: IncidentRow[];
  tasksDone: TaskDoneRow[];
  workDone: WorkDoneRow[];
  submissions: SubmissionRow[];
  history: HistoryEntry[];
  people: { person: string; part: Part }[];
  /** ids of rows that end */
  closedTasks: Set<string>;
  /** closed tasks that may have left rows of this kind behind: most have none, and a statement saved is time saved */
  leftovers: Record<'items' | 'drafts' | 'reminders' | 'incidents', string[]>;
  closedTimers: Set<string>;
  closedWaits: Set<string>;
}

export class CaseFile {
  readonly row: CaseRow;
  readonly process: ProcessEntry;
  readonly values: Map<string, unknown>;
  readonly slots: Map<string, Slot>;
  readonly reached: Record<string, ReachedNode>;
  readonly changes: Changes = {
    values: new Set(),
    tasks: [],
    items: [],
    waits: [],
    timers: [],
    incidents: [],
    tasksDone: [],
    workDone: [],
    submissions: [],
    history: [],
    people: [],
    closedTasks: new Set(),
    leftovers: { items: [], drafts: [], reminders: [], incidents: [] },
    closedTimers: new Set(),
    closedWaits: new Set(),
  };
  /** key of the outcome that caused the present step; FEEL name `outcome` */
  outcome: string | null = null;
  readonly isNew: boolean;
  private readonly before: CaseRow;

  constructor(row: CaseRow, process: ProcessEntry, values: Map<string, unknown>, isNew: boolean) {
    this.row = row;
    this.before = { ...row };
    this.process = process;
    this.values = values;
    this.slots = new Map(Object.entries(JSON.parse(row.slots) as Record<string, Slot>));
    this.reached = JSON.parse(row.reached);
    this.isNew = isNew;
  }

  get id(): string {
    return this.row.id;
  }

  node(id: string): ProcessNode {
    const node = this.process.model.nodes.get(id);
    if (!node) throw new Error(`no node ${id} in ${this.process.key}@${this.process.version}`);
    return node;
  }

  /** The case's data as expressions see it. */
  scope(actor: Actor, now: number): Record<string, unknown> {
    const { row, process, values, outcome } = this;
    return caseScope({ row, process, values, actor, now, outcome });
  }

  world(host: Host, now: number): World {
    return worldOf(host, now, { reached: this.reached, waiting: waitingIn(this.slots.values()) });
  }

  /** Puts a value at a dotted path of the case's data. */
  put(path: string, value: unknown): void {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    const plain = value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
    this.values.set(name, rest.length === 0 ? plain : withPath(this.values.get(name), rest, plain));
    this.changes.values.add(name);
  }

  /** Remembers that a node or an action has been passed, with its outcome where it has one. */
  pass(key: string, at: number, outcome?: string): void {
    const before = this.reached[key];
    this.reached[key] = { ...before, count: (before?.count ?? 0) + 1, at, ...(outcome !== undefined && { outcome }) };
  }

  note(entry: Omit<HistoryEntry, 'at' | 'person'>, actor: Actor, now: number): void {
    this.changes.history.push({ ...entry, at: now, person: actor.id });
  }

  /** Writes everything; throws Conflict when somebody else has moved the case meanwhile. */
  async save(tx: Tx): Promise<void> {
    const { row, changes } = this;
    row.slots = JSON.stringify(Object.fromEntries(this.slots));
    row.reached = JSON.stringify(this.reached);
    if (changes.history.length > 0) {
      const end = await appendHistory(tx, row.id, { seq: row.entries, hash: row.history_hash }, changes.history);
      row.entries = end.seq;
      row.history_hash = end.hash;
    }
    if (this.isNew) await insertCase(tx, row);
    else await updateCase(tx, this.before, difference(this.before, row));

    await removeAll(tx, 'tasks', [...changes.closedTasks]);
    const { leftovers } = changes;
    await removeAll(tx, 'work_items', leftovers.items, 'task_id');
    await removeAll(tx, 'drafts', leftovers.drafts, 'task_id');
    await removeAll(tx, 'timers', leftovers.reminders, 'task_id');
    await removeAll(tx, 'incidents', leftovers.incidents, 'task_id');
    await removeAll(tx, 'timers', [...changes.closedTimers]);
    await removeAll(tx, 'waits', [...changes.closedWaits]);
    const alive = <T extends { id: string }>(rows: T[], closed: Set<string>) => rows.filter((r) => !closed.has(r.id));
    await insertAll(tx, 'tasks', alive(changes.tasks, changes.closedTasks));
    await insertAll(
      tx,
      'work_items',
      changes.items.filter((item) => !changes.closedTasks.has(item.task_id)),
    );
    await insertAll(tx, 'waits', alive(changes.waits, changes.closedWaits));
    await insertAll(
      tx,
      'timers',
      alive(changes.timers, changes.closedTimers).filter((t) => !t.task_id || !changes.closedTasks.has(t.task_id)),
    );
    await insertAll(tx, 'incidents', changes.incidents);
    await append(tx, 'tasks_done', changes.tasksDone);
    await append(tx, 'work_done', changes.workDone);
    await append(tx, 'submissions', changes.submissions);
    await addPeople(tx, row.id, changes.people);
    for (const name of changes.values) await putValue(tx, row.id, name, this.values.get(name));
  }
}

function withPath(base: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path as [string, ...string[]];
  const own = base && typeof base === 'object' && !Array.isArray(base) ? (base as Record<string, unknown>) : {};
  return { ...own, [head]: rest.length === 0 ? value : withPath(own[head], rest, value) };
}

function difference(before: CaseRow, after: CaseRow): Partial<CaseRow> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => name !== 'revision' && before[name as keyof CaseRow] !== value),
  );
}
