/**
 * Owns the unit of work of one transaction: the case files on the desk, the effects and notices they cause, and their ledger rows.
 * Everything is written once, at the end. Rules: [P1] [O1] [R1].
 */

import { localDate } from '@ganwei/calendar/zone';
import { type Actor, SYSTEM } from '@ganwei/core/actor';
import type { AuditAct } from '@ganwei/core/audit';
import type { ReachedNode } from '@ganwei/core/history';
import { Refusal } from '@ganwei/core/refusal';
import { noticeText } from '@ganwei/core/written';
import { parentContext } from '../catalogue/actions.ts';
import { actorContext } from '../catalogue/case-scope.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import { TOOK_PART_BEFORE, tookPart } from '../catalogue/language.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import type { MessageRequest, Order } from '../catalogue/service.ts';
import { childCases, holdCase, holdCaseOfTask, loadValues, loadValuesOfTask } from '../store/cases.ts';
import { addNotices, addNoticesOnce, enqueue } from '../store/effects.ts';
import type { Cause } from '../store/incidents.ts';
import { type LedgerRowRow, putLedgerRow } from '../store/ledgers.ts';
import { nextNumber } from '../store/letters.ts';
import { joinMatters, matterOf } from '../store/matters.ts';
import type { Tx, Writer } from '../store/open.ts';
import { CHAIN_START, recordAudit } from '../store/record.ts';
import type { CaseRow, EffectRow, NoticeRow, TaskRow, WorkItemRow } from '../store/rows.ts';
import { itemsAndLeftovers, type Leftovers, loadTask } from '../store/work.ts';
import { CaseFile } from './case-file.ts';
import { ledgerRows } from './ledger-rows.ts';
import { type Joined, settleMatter } from './matter.ts';

/** What is needed to open a case. */
export interface NewCase {
  process: ProcessEntry;
  start: string;
  starter: Actor;
  values: Record<string, unknown>;
  /** the case that called it or on which an action was used; `wait` tells which call or action */
  parent?: { row: CaseRow; wait: string; index: number };
  /** the case that started it, or sent the message it began with: they belong to one affair */
  from?: CaseRow;
}

/** A case to be started by the machine; `values` are those of its start form. */
export interface Birth {
  process: string;
  start?: string;
  values: Record<string, unknown>;
  /** person; whoever acts unless named */
  starter?: string;
  parent?: NewCase['parent'];
  from?: CaseRow;
}

/** What a step (`node`) of one case wants of others: done when that case rests (advance.ts). */
export type Errand = { node: string } & (
  | { kind: 'birth'; birth: Birth }
  | { kind: 'message'; message: MessageRequest; by: CaseFile }
  | { kind: 'order'; order: Order; by: CaseFile }
  | { kind: 'ended'; file: CaseFile }
);

export class Desk {
  readonly tx: Tx;
  readonly host: Host;
  readonly actor: Actor;
  readonly now: number;
  readonly effects: EffectRow[] = [];
  readonly notices: NoticeRow[] = [];
  /** warnings for the person, e.g. rules of a form that do not forbid */
  readonly warnings: string[] = [];
  /** letters issued on this desk */
  readonly letters: { id: string; number: string; title: string }[] = [];
  /** what concerns other cases, in the order in which it came up */
  readonly errands: Errand[] = [];
  /** what is being tried: an incident of it can be tried again by it */
  trying: { cause?: Cause; task?: string } = {};
  /** years without a calendar into which a deadline of this desk falls */
  readonly unknownYears = new Set<number>();
  /** who had or lost work of his by it; those who got some, or a notice, are found by themselves */
  readonly concerned = new Set<string>();
  /** to be called after the commit */
  readonly committed: (() => void)[] = [];
  private readonly joined: Joined[] = [];
  private readonly ledgerRows: LedgerRowRow[] = [];
  private readonly files = new Map<string, CaseFile>();

  /** fails when the same request has been carried out before; a service waits for it, because it may leave a file or a number behind */
  readonly firstTime: Promise<void>;

  /** network address the request came from; '' for the server's own work */
  readonly address: string;

  constructor(tx: Tx, host: Host, actor: Actor, firstTime: Promise<void> = Promise.resolve(), address = '') {
    this.address = address;
    this.firstTime = firstTime;
    firstTime.catch(() => undefined); // whoever waits for it hears of it
    this.tx = tx;
    this.host = host;
    this.actor = actor;
    this.now = host.now();
  }

  /** The case with this id; the same file for the same id. */
  async open(id: string): Promise<CaseFile> {
    const open = this.files.get(id);
    if (open) return open;
    const [row, values] = await Promise.all([holdCase(this.tx, id), loadValues(this.tx, id)]);
    if (!row) throw new Refusal('not.found');
    return this.file(row, values);
  }

  /**
   * The case of an open task, the task and its work items; undefined when it is not open any more. The case first [P5]: what is read
   * before it is held may be gone, and what is read after it belongs together.
   */
  async openTask(
    id: string,
  ): Promise<{ file: CaseFile; task: TaskRow; items: WorkItemRow[]; left: Leftovers } | undefined> {
    const { tx } = this;
    const [row, values, task, held] = await Promise.all([
      holdCaseOfTask(tx, id),
      loadValuesOfTask(tx, id),
      loadTask(tx, id),
      itemsAndLeftovers(tx, id),
    ]);
    if (!row || !task) return undefined;
    for (const { person_id } of held.items) this.concerned.add(person_id);
    return { file: this.files.get(row.id) ?? (await this.file(row, values)), task, ...held };
  }

  /** The cases that this one has started, by a call or an action, and that have not ended; those of this very work included. */
  async childrenOf(parent: string): Promise<CaseFile[]> {
    const stored = await childCases(this.tx, parent);
    const born = [...this.files.values()].filter(({ isNew, row }) => isNew && row.parent_id === parent);
    const files = await Promise.all(stored.filter(({ ended_at }) => ended_at === null).map(({ id }) => this.open(id)));
    return [...files, ...born].filter(({ row }) => row.ended_at === null);
  }

  /** The call with this wait asks for no children any more. */
  dropBirths(wait: string): void {
    const left = this.errands.filter((errand) => errand.kind !== 'birth' || errand.birth.parent?.wait !== wait);
    this.errands.splice(0, this.errands.length, ...left);
  }

  private async file(row: CaseRow, values: Map<string, unknown>): Promise<CaseFile> {
    const process = await this.host.catalogue().process(row.process, row.version);
    const file = new CaseFile(this, row, process, values, false);
    this.files.set(row.id, file);
    return file;
  }

  /** [C3] A new case with its number; the number is taken in this transaction, so none is lost and none is used twice. */
  async create({ process, start, starter, values: filled, parent, from = parent?.row }: NewCase): Promise<CaseFile> {
    const { model } = process;
    const values = { ...filled, ...(parent && { parent: parentContext(parent.row) }) };
    const id = this.host.newId();
    const scope = {
      parent: null,
      ...Object.fromEntries(process.names.map((name) => [name, null])),
      ...values,
      actor: actorContext(starter),
      today: localDate(this.now),
      case: { id, number: '', title: '', process: model.id, starter: starter.id, starterUnit: starter.unit, start },
    };
    const sight = sightOf(this.host, this.now, scope);
    const text = (source: string): string => String(sight.ask(source) ?? '');
    const year = localDate(this.now).slice(0, 4);
    const key = text(model.case.numberKey);
    const sequence = await nextNumber(this.tx, `case/${key}/${year}`);
    const row = {
      id,
      number: `${key}-${year}-${String(sequence).padStart(4, '0')}`,
      process: process.key,
      version: process.version,
      release: this.host.catalogue().release,
      title: text(model.case.title).slice(0, 300),
      status: model.case.statuses[0]?.key ?? 'running',
      state: 'running' as const,
      marking: '',
      slots: {},
      revision: 0,
      starter_id: starter.id,
      starter_unit: starter.unit,
      start,
      started_at: this.now,
      ended_at: null,
      matter_id: from ? matterOf(from) : null,
      parent_id: parent?.row.id ?? null,
      parent_wait: parent?.wait ?? null,
      parent_index: parent?.index ?? 0,
      reached: parent ? this.earlier(parent.row) : {},
      entries: 0,
      history_hash: CHAIN_START,
    };
    const file = new CaseFile(this, row, process, new Map(Object.entries(values)), true);
    for (const name of file.values.keys()) file.changes.values.add(name);
    this.files.set(id, file);
    return file;
  }

  /** What an administrator did, or somebody tried, for the audit log: with who, when and from where. */
  audit(act: AuditAct, object: string, detail: Record<string, unknown>): Promise<void> {
    const { host, now: at, actor, address } = this;
    return recordAudit(this.tx, {
      id: host.newId(),
      at,
      person: actor.id,
      act,
      object,
      detail: { ...detail, address },
    });
  }

  /** Who has done something in the case another comes from, until now and also within this work. */
  private earlier(row: CaseRow): Record<string, ReachedNode> {
    const by = tookPart(this.files.get(row.id)?.reached ?? row.reached);
    return { [TOOK_PART_BEFORE]: { count: 1, at: this.now, by } };
  }

  /** Drops the files without writing them: for verbs that only looked. */
  forget(): void {
    this.files.clear();
  }

  /** The case an incident belongs to when the work failed: the first that existed before. */
  onlyKnownCase(): string | undefined {
    return [...this.files.values()].find((file) => !file.isNew)?.id;
  }

  /** Is there something for the worker to do now? It looks by itself every second; most acts leave it nothing. */
  hasDue(): boolean {
    const timers = [...this.files.values()].flatMap((file) => file.changes.timers);
    return this.effects.length > 0 || timers.some((timer) => timer.due_at <= this.now);
  }

  /** [MSG1] Whose lists and counts are others than before. */
  touched(): Set<string> {
    const items = [...this.files.values()].flatMap((file) => file.changes.items);
    return new Set([...this.concerned, ...[...items, ...this.notices].map(({ person_id }) => person_id)]);
  }

  /** Thinks through what is to be written: all files are as they will be. */
  async conclude(): Promise<void> {
    const files = [...this.files.values()];
    for (const file of files) {
      addSubjects(file);
      const joined = await settleMatter(this.tx, file);
      if (joined) this.joined.push(joined);
    }
    this.ledgerRows.push(...(await Promise.all(files.map((file) => ledgerRows(this, file)))).flat());
  }

  /** Writes all files, their ledger rows, notices and effects, in one go. */
  save(write: Writer): Promise<unknown>[] {
    const { host, now } = this;
    return [
      ...[...this.files.values()].flatMap((file) => file.save(write)),
      ...this.joined.map(({ from, to }) => joinMatters(write, from, to)),
      ...this.ledgerRows.map((row) => putLedgerRow(write, row)),
      addNotices(write, this.notices),
      addNoticesOnce(
        write,
        [...this.unknownYears].flatMap((year) => calendarNotices(host, year, now)),
      ),
      enqueue(write, this.effects),
    ];
  }
}

/** [A2] The persons a case is about are known to it as soon as it says so, so that what is theirs to see and what is not can be told. */
function addSubjects(file: CaseFile): void {
  const { subjects } = file.process.model.case;
  const { language } = file.at.host.catalogue();
  if (!subjects || !language.compile(subjects).names.some((name) => file.changes.values.has(name))) return;
  const found = file.ask(subjects);
  for (const person of Array.isArray(found) ? found : [found]) {
    if (typeof person === 'string') file.changes.people.push({ person, part: 'subject' });
  }
}

/** [T10] The business administrators are told once that the calendar of a year is needed. */
function calendarNotices(host: Host, year: number, now: number): NoticeRow[] {
  const people = [...host.directory().people.values()].filter((p) => p.active && p.duties.includes('business-admin'));
  return people.map(({ id }) => ({
    id: `calendar-${year}-${id}`.slice(0, 40),
    person_id: id,
    kind: 'calendar',
    case_id: null,
    title: noticeText('calendar-title', { year }),
    text: noticeText('calendar-text', { year }),
    from_name: SYSTEM.name,
    at: now,
    read_at: null,
    letter_id: null,
  }));
}
