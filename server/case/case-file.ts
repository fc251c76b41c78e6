/**
 * Owns one case while a transaction works on it: what was read, what has changed, and the writing of exactly that.
 * Nothing here decides anything. Rules: [P1] [P5] [H1].
 */

import type { Actor } from '@ganwei/core/actor';
import type { HistoryEvent, ReachedNode } from '@ganwei/core/history';
import { jsonOf, textOf } from '@ganwei/feel/json';
import type { ProcessNode } from '@ganwei/process/model';
import { caseScope, waitingIn } from '../catalogue/case-scope.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import { TOOK_PART } from '../catalogue/language.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import type { Names, Sight } from '../catalogue/sight.ts';
import { addPeople, insertCase, type Part, putValues, updateCase } from '../store/cases.ts';
import { closeIncidentsOfTasks } from '../store/incidents.ts';
import type { Writer } from '../store/open.ts';
import { append, appendHistory, type HistoryEntry, linkHistory } from '../store/record.ts';
import type {
  CaseRow,
  IncidentRow,
  Slot,
  SubmissionRow,
  TaskDoneRow,
  TaskRow,
  TimerRow,
  WaitRow,
  WorkDoneRow,
  WorkItemRow,
} from '../store/rows.ts';
import { insertAll, removeAll, replaceAll, updateItems, updateTask } from '../store/work.ts';

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
  /** what is different in rows that stay open, by id */
  changedTasks: Map<string, Partial<TaskRow>>;
  changedItems: Map<string, Partial<WorkItemRow>>;
  /** ids of rows that end */
  closedItems: string[];
  closedTasks: Set<string>;
  /** closed tasks that may have left rows of this kind behind: most have none, and a statement saved is time saved */
  leftovers: Record<'items' | 'drafts' | 'reminders' | 'incidents', string[]>;
  closedTimers: Set<string>;
  closedWaits: Set<string>;
}

/** Who works on the case, and when. */
export interface Circumstances {
  readonly host: Host;
  readonly actor: Actor;
  readonly now: number;
}

export class CaseFile {
  readonly at: Circumstances;
  readonly row: CaseRow;
  /** the version it goes by; another one only when it is moved there (case/move.ts) */
  process: ProcessEntry;
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
    changedTasks: new Map(),
    changedItems: new Map(),
    closedItems: [],
    closedTasks: new Set(),
    leftovers: { items: [], drafts: [], reminders: [], incidents: [] },
    closedTimers: new Set(),
    closedWaits: new Set(),
  };
  /** key of the outcome that caused the present step; FEEL name `outcome` */
  outcome: string | null = null;
  readonly isNew: boolean;
  private readonly before: CaseRow;

  constructor(at: Circumstances, row: CaseRow, process: ProcessEntry, values: Map<string, unknown>, isNew: boolean) {
    this.at = at;
    this.row = row;
    this.before = { ...row };
    this.process = process;
    this.values = values;
    this.slots = new Map(Object.entries(structuredClone(row.slots)));
    this.reached = structuredClone(row.reached);
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

  /** The case as expressions see it now, or as they would have seen it at another moment or see it for another person. */
  sight(now: number = this.at.now, actor: Actor = this.at.actor): Sight {
    const { row, process, values, outcome, reached, slots } = this;
    const scope = caseScope({ row, process, values, actor, now, outcome });
    return sightOf(this.at.host, now, scope, { reached, waiting: waitingIn(slots.values()) });
  }

  /** The value of an expression over this case; `more` names are seen besides. Throws FeelError. */
  ask(source: string, more?: Names): unknown {
    return this.sight().ask(source, more);
  }

  /** Is it true? Anything but true is no. */
  holds(source: string, more?: Names): boolean {
    return this.sight().holds(source, more);
  }

  /** The people it yields. */
  people(source: string, more?: Names): string[] {
    return this.sight().people(source, more);
  }

  /** The text it yields, dates as ISO text; null for null. */
  text(source: string, more?: Names, now?: number): string | null {
    return textOf(this.sight(now).ask(source, more));
  }

  /** Puts a value at a dotted path of the case's data. */
  put(path: string, value: unknown): void {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    const plain = jsonOf(value);
    this.values.set(name, rest.length === 0 ? plain : withPath(this.values.get(name), rest, plain));
    this.changes.values.add(name);
  }

  /** Puts what a service, a child or an action brings (`result`) where its outputs say. */
  takeOver(outputs: readonly { name: string; value: string }[], result: unknown): void {
    const sight = this.sight();
    for (const { name, value } of outputs) this.put(name, sight.ask(value, { result }));
  }

  /** Remembers that a node or an action has been passed, with its outcome where it has one. */
  pass(key: string, outcome?: string): void {
    const before = this.reached[key];
    const count = (before?.count ?? 0) + 1;
    this.reached[key] = { ...before, count, at: this.at.now, ...(outcome !== undefined && { outcome }) };
  }

  /** Remembers for good that the actor has done something here, though the step may be done anew by others. */
  tookPart(): void {
    const { by = [] } = this.reached[TOOK_PART] ?? {};
    const { id } = this.at.actor;
    this.reached[TOOK_PART] = { count: 1, at: this.at.now, by: by.includes(id) ? by : [...by, id] };
  }

  note(event: HistoryEvent): void {
    const { kind, node } = event;
    const detail: HistoryEntry['detail'] = { ...event.detail };
    this.changes.history.push({ kind, node, detail, at: this.at.now, person: this.at.actor.id });
  }

  /** Writes everything in one go; fails with Conflict when somebody else has moved the case meanwhile. */
  save(write: Writer): Promise<unknown>[] {
    const { row, changes } = this;
    row.slots = Object.fromEntries(this.slots);
    row.reached = this.reached;
    const { rows, end } = linkHistory(row.id, { seq: row.entries, hash: row.history_hash }, changes.history);
    row.entries = end.seq;
    row.history_hash = end.hash;
    return [
      this.isNew ? insertCase(write, row) : updateCase(write, this.before, difference(this.before, row)),
      appendHistory(write, rows),
      ...this.tasks(write),
      ...this.waiting(write),
      ...this.differences(write),
      append(write, 'tasks_done', changes.tasksDone),
      append(write, 'work_done', changes.workDone),
      append(write, 'submissions', changes.submissions),
      addPeople(write, row.id, changes.people),
      putValues(
        write,
        row.id,
        [...changes.values].map((name) => [name, this.values.get(name)]),
      ),
    ];
  }

  /** Tasks and work items: those that open take the place of those that close, then goes what closed tasks have left behind. */
  private tasks(write: Writer): Promise<unknown>[] {
    const { tasks, items, closedItems, closedTasks, leftovers } = this.changes;
    const opened = tasks.filter(({ id }) => !closedTasks.has(id));
    const handedOut = items.filter((item) => !closedTasks.has(item.task_id));
    const stored = [...closedTasks].filter((id) => !tasks.some((task) => task.id === id));
    return [
      replaceAll(write, 'tasks', stored, opened),
      replaceAll(write, 'work_items', closedItems, handedOut),
      removeAll(write, 'work_items', leftovers.items, 'task_id'),
      removeAll(write, 'drafts', leftovers.drafts, 'task_id'),
      removeAll(write, 'timers', leftovers.reminders, 'task_id'),
      closeIncidentsOfTasks(write, leftovers.incidents, { at: this.at.now, by: this.at.actor.id, words: '' }),
    ];
  }

  /** What else is waited for: what is over goes, what begins comes, without what has begun and ended on the way. */
  private waiting(write: Writer): Promise<unknown>[] {
    const { waits, timers, incidents, closedTasks, closedTimers, closedWaits } = this.changes;
    const ofOpenTask = ({ task_id: task }: TimerRow): boolean => !task || !closedTasks.has(task);
    return [
      removeAll(write, 'timers', [...closedTimers]),
      removeAll(write, 'waits', [...closedWaits]),
      insertAll(
        write,
        'waits',
        waits.filter(({ id }) => !closedWaits.has(id)),
      ),
      insertAll(
        write,
        'timers',
        timers.filter((timer) => !closedTimers.has(timer.id) && ofOpenTask(timer)),
      ),
      insertAll(write, 'incidents', incidents),
    ];
  }

  /** What stays open and is not as it was. */
  private differences(write: Writer): Promise<unknown>[] {
    const { changedTasks, changedItems, closedTasks } = this.changes;
    return [
      ...[...changedTasks].map(([id, change]) => (closedTasks.has(id) ? undefined : updateTask(write, id, change))),
      ...[...changedItems].map(([id, change]) => updateItems(write, { id }, change)),
    ].filter((written) => written !== undefined);
  }
}

function withPath(base: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path as [string, ...string[]];
  const own = base && typeof base === 'object' && !Array.isArray(base) ? (base as Record<string, unknown>) : {};
  return { ...own, [head]: rest.length === 0 ? value : withPath(own[head], rest, value) };
}

function difference(before: CaseRow, after: CaseRow): Partial<CaseRow> {
  const same = (a: unknown, b: unknown): boolean =>
    a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => name !== 'revision' && !same(before[name as keyof CaseRow], value)),
  );
}
