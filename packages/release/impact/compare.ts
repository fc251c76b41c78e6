/**
 * Owns what a change would have made different for one case: it is replayed on what is in force and on what would be, side by side, and only
 * what differs between the two is told, so that whatever a replay itself cannot know is never taken for an effect. Where the ways part the
 * comparison ends: what people would have done there nobody knows. Rules: [IMP2] [IMP3].
 */
import { isFaultOfContent } from '@ganwei/core/definition';
import { commentFault } from '@ganwei/core/rules';
import { fieldsOf } from '@ganwei/feel/json';
import { accept } from '@ganwei/form/accept';
import type { CompiledForm } from '@ganwei/form/dialect';
import { formerIn, underNewerNames } from '@ganwei/form/formerly';
import type { Lookups, Values } from '@ganwei/form/model';
import { initialValues } from '@ganwei/form/values';
import type { StartSettings, TaskSettings } from '@ganwei/process/model';
import { type Ground, sameSurroundings } from './ground.ts';
import type { Event, RecordedCase, Submitted } from './recorded.ts';
import { type Break, Broken, type Course, Replay } from './replay.ts';
import type { Standing, Waiting } from './standing.ts';

export type Difference =
  /** the ways part at `node`: what would wait next, or be reached as an end, before and after */
  | { kind: 'way'; node: string; before: readonly string[]; after: readonly string[] }
  /** other people would get the step; `nobody`: none at all */
  | { kind: 'person'; node: string; nobody: boolean }
  /** the form would not take what was submitted: a field is missing, or is refused. '': the opinion */
  | { kind: 'field'; node: string; form: string; path: string; missing: boolean }
  | { kind: 'deadline'; node: string; shift: 'earlier' | 'later' | 'new' | 'gone' }
  /** a decision gives another result */
  | { kind: 'result'; node: string }
  /** what was done cannot be done there */
  | { kind: 'break'; node: string; why: Break | 'start' };

export interface Compared {
  differences: readonly Difference[];
  /** false: the record could not be followed to its end on what is in force; nothing is said of what came after */
  followed: boolean;
}

/** A flow in both states of the content. */
export interface Pair {
  before: Ground;
  after: Ground;
  /** calendars, dictionaries, functions are the same */
  same: boolean;
  /** nodes that are set alike in both */
  alike: ReadonlySet<string>;
}

export function pairOf(before: Ground, after: Ground): Pair {
  const alike = [...before.flow.model.nodes].filter(
    ([id, node]) => JSON.stringify(node) === JSON.stringify(after.node(id)),
  );
  const same = sameSurroundings(before.release, after.release);
  return { before, after, same, alike: new Set(alike.map(([id]) => id)) };
}

export async function compareCase(pair: Pair, recorded: RecordedCase): Promise<Compared> {
  const comparison = new Comparison(pair, recorded);
  for (const event of recorded.events) if (!(await comparison.follow(event))) break;
  return { differences: comparison.told, followed: comparison.followed };
}

class Comparison {
  readonly told: Difference[] = [];
  followed = true;
  readonly #pair: Pair;
  readonly #case: RecordedCase;
  readonly #replays: { before: Replay; after: Replay };
  /** both stand alike, as far as is known */
  #inStep = false;
  readonly #before: Standing;
  readonly #after: Standing;

  constructor(pair: Pair, recorded: RecordedCase) {
    this.#pair = pair;
    this.#case = recorded;
    const settled = (node: string): boolean => this.#alikeAt(node);
    this.#replays = {
      before: new Replay(pair.before, recorded, settled),
      after: new Replay(pair.after, recorded, settled),
    };
    this.#before = this.#replays.before.standing;
    this.#after = this.#replays.after.standing;
    this.#fallInStep();
  }

  /** What made the two differ, a deadline say, may be over. */
  #fallInStep(): void {
    if (this.#pair.same && this.#replays.after.isWhere(this.#replays.before)) this.#after.follow(this.#before);
    this.#inStep = this.#after.isInStep;
  }

  /** Takes both through one event; false: here the comparison ends. */
  async follow(event: Event): Promise<boolean> {
    const replays = this.#replays;
    if (replays.before.ended) return false;
    if (this.#timersPart(event)) return false;
    this.#before.turnTo(event);
    this.#after.turnTo(event);
    if (!this.#inStep) this.#fallInStep();
    if (!this.#judge(event)) return false;
    const [before, after] = [await attempt(replays.before, event), await attempt(replays.after, event)];
    if (before instanceof Broken) {
      this.followed = false;
      return false;
    }
    if (after instanceof Broken) {
      this.#tell({ kind: 'break', node: after.node, why: after.why });
      return false;
    }
    this.#inStep &&= this.#after.isInStep;
    this.#compareDecisions(before, after);
    if (this.#waysPart(event, before, after)) return false;
    for (const opened of before.opened) this.#compareOpened(opened);
    return true;
  }

  #tell(difference: Difference): void {
    const text = JSON.stringify(difference);
    if (!this.told.some((one) => JSON.stringify(one) === text)) this.told.push(difference);
  }

  /** Whatever is asked at this node of both is answered alike. */
  #alikeAt = (node: string): boolean => this.#inStep && this.#pair.alike.has(node);

  // ---- time ----

  /** A timer would go off before this happened, or would not yet have gone off when it did. */
  #timersPart(event: Event): boolean {
    const late = new Set([...this.#before.overdue(event.at - 1)].map(({ slot }) => slot));
    for (const { slot, node } of this.#after.overdue(event.at - 1)) {
      if (late.has(slot) || (event.kind === 'fired' && event.node === node)) continue;
      this.#tell({ kind: 'way', node, before: [], after: targetsOf(this.#pair.after, node) });
      return true;
    }
    if (event.kind !== 'fired') return false;
    const [then, now] = [this.#before.waits.get(event.node)?.due, this.#after.waits.get(event.node)?.due];
    if (typeof then !== 'number' || typeof now !== 'number' || then > event.at || now <= event.at) return false;
    this.#tell({ kind: 'way', node: event.node, before: targetsOf(this.#pair.before, event.node), after: [] });
    return true;
  }

  // ---- what was submitted ----

  /** Would it be taken? false: it could not even be handed in. */
  #judge(event: Event): boolean {
    if (event.kind === 'started' && event.submitted) return this.#judgeStart(event.submitted);
    if (event.kind === 'submitted') return this.#judgeSubmission(event.node, event.submitted);
    return true;
  }

  #judgeStart(submitted: Submitted): boolean {
    const { start } = this.#case;
    const [old, now] = [this.#pair.before.node(start)?.start, this.#pair.after.node(start)?.start];
    if (!old || !now) return true;
    this.#judgeForms(start, old, now, submitted);
    if (this.#alikeAt(start) || !admits(this.#before, old) || admits(this.#after, now)) return true;
    this.#tell({ kind: 'break', node: start, why: 'start' });
    return false;
  }

  #judgeSubmission(node: string, submitted: Submitted): boolean {
    const [old, now] = [this.#pair.before.node(node)?.task, this.#pair.after.node(node)?.task];
    if (!old || !now || !this.#before.waits.has(node) || !this.#after.waits.has(node)) return true;
    const key = submitted.outcome;
    const [was, is] = [old, now].map(({ outcomes }) => outcomes.find((outcome) => outcome.key === key));
    if (!was) return true;
    if (!is) {
      this.#tell({ kind: 'break', node, why: 'outcome' });
      return false;
    }
    if (this.#lacksWords(is, submitted) && !this.#lacksWords(was, submitted))
      this.#tell({ kind: 'field', node, form: '', path: '', missing: true });
    if (was.validates || is.validates) this.#judgeForms(node, old, now, submitted);
    const form = submitted.values;
    if (
      this.#alikeAt(node) ||
      !offers(this.#before, was, form) ||
      offers(this.#after, is, this.#pair.after.seen(now.as, form))
    )
      return true;
    this.#tell({ kind: 'break', node, why: 'outcome' });
    return false;
  }

  #lacksWords = (outcome: TaskSettings['outcomes'][number], { comment }: Submitted): boolean =>
    commentFault(outcome, comment) !== null;

  #judgeForms(node: string, old: Filled, now: Filled, submitted: Submitted): void {
    const [was, is] = [this.#pair.before.form(old.form ?? ''), this.#pair.after.form(now.form ?? '')];
    if (!is || (was === is && this.#alikeAt(node))) return;
    const known = new Set(was ? complaints(this.#before, was, old, submitted).map(placeOf) : []);
    for (const complaint of complaints(this.#after, is, now, submitted)) {
      if (known.has(placeOf(complaint))) continue;
      const { path, code } = complaint;
      this.#tell({ kind: 'field', node, form: now.form ?? '', path, missing: code === 'required' });
    }
  }

  // ---- what came of it ----

  #compareDecisions(before: Course, after: Course): void {
    for (const [node, result] of before.decided) {
      const other = after.decided.get(node);
      if (other !== undefined && other !== result) this.#tell({ kind: 'result', node });
    }
  }

  #waysPart(event: Event, before: Course, after: Course): boolean {
    const [old, now] = [places(this.#replays.before, before), places(this.#replays.after, after)];
    if (old.length === now.length && old.every((place, index) => place === now[index])) return false;
    this.#tell({
      kind: 'way',
      node: this.#parting(event, before, after),
      before: old.filter((place) => !now.includes(place)),
      after: now.filter((place) => !old.includes(place)),
    });
    return true;
  }

  /** The last node that both have passed. */
  #parting(event: Event, { taken: old }: Course, { taken: now }: Course): string {
    const at = old.findIndex((flow, index) => flow !== now[index]);
    const flow = old[at] ?? now[old.length];
    const { flows } = (old[at] === undefined ? this.#pair.after : this.#pair.before).flow.model;
    const own = 'node' in event ? event.node : this.#case.start;
    return flows.get(flow ?? '')?.source ?? own;
  }

  /** Who would get it, and until when. */
  #compareOpened({ slot, node, kind }: Waiting): void {
    const [then, now] = [this.#before.waits.get(slot), this.#after.waits.get(slot)];
    if (!then || !now) return;
    const shift = shiftOf(then.due, now.due);
    if (shift) this.#tell({ kind: 'deadline', node, shift });
    if (kind !== 'user' || this.#alikeAt(node)) return;
    const [was, is] = [holders(this.#before, node), holders(this.#after, node)];
    if (was === null) return;
    if (is === null) this.#tell({ kind: 'break', node, why: 'standstill' });
    else if (was.join() !== is.join()) this.#tell({ kind: 'person', node, nobody: is.length === 0 });
  }
}

type Filled = Pick<TaskSettings, 'form' | 'access' | 'initial' | 'as'> & Partial<Pick<TaskSettings, 'list'>>;

async function attempt(replay: Replay, event: Event): Promise<Course | Broken> {
  try {
    return await replay.carryOut(event);
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

/** What waits, and the ends that have just been reached. */
const places = ({ standing, ended }: Replay, { ends }: Course): string[] => [
  ...[...standing.waits.values()].flatMap(({ node, host }) => (host === undefined ? [node] : [])).sort(),
  ...(ended ? ends : []),
];

const targetsOf = ({ flow: { model } }: Ground, node: string): string[] =>
  [...model.flows.values()].flatMap(({ source, target }) => (source === node ? [target] : []));

/** null: it cannot be found out, by the content's own fault. */
function asked<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (isFaultOfContent(error)) return null;
    throw error;
  }
}

const admits = (standing: Standing, { who }: StartSettings): boolean =>
  who !== undefined && asked(() => standing.holds(who)) === true;

const offers = (standing: Standing, { when }: TaskSettings['outcomes'][number], form: unknown): boolean =>
  when === undefined || asked(() => standing.holds(when, { form })) === true;

/** In order. */
const holders = (standing: Standing, node: string): string[] | null =>
  asked(() => standing.holdersOf(standing.ground.node(node)!.task!).sort());

function shiftOf(then: Waiting['due'], now: Waiting['due']) {
  if (then === now) return undefined;
  if (then === null) return 'new';
  if (now === null) return 'gone';
  return now < then ? 'earlier' : 'later';
}

interface Complaint {
  path: string;
  code: string;
}

const placeOf = ({ path, code }: Complaint): string => `${path} ${code}`;

/** What the form says to what was submitted then; rows of tables count as one place. */
function complaints(
  standing: Standing,
  form: CompiledForm,
  { as, list, access, initial }: Filled,
  one: Submitted,
): Complaint[] {
  const { scope, world } = standing.sight;
  const lookups: Lookups = { ...standing.ground.lookups, ...attached(one.values) };
  const around = { scope, lookups, world: { ...world, lookups } };
  const former = formerIn(form.fields);
  const kept = list ? undefined : underNewerNames(standing.values.get(as), former);
  const stored = isValues(kept)
    ? kept
    : initialValues(form, around, initial === undefined ? {} : (asked(() => fieldsOf(standing.ask(initial))) ?? {}));
  const { errors } = accept(form, {
    ...around,
    stored,
    submitted: underNewerNames(one.values, former),
    access,
    final: true,
  });
  return errors.map(({ path, code }) => ({ path: path.replace(/\.\d+(?=\.|$)/g, '[]'), code }));
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Files and cases that were named then were there then. */
function attached(values: unknown): Pick<Required<Lookups>, 'file' | 'reference'> {
  return {
    reference: () => ({ title: '' }),
    file: (id) => fileIn(values, id),
  };
}

type File = ReturnType<NonNullable<Lookups['file']>>;

function fileIn(value: unknown, id: string): File {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('sha256' in value && (value as { id?: unknown }).id === id) return value as File;
  for (const inner of Object.values(value)) {
    const found = fileIn(inner, id);
    if (found) return found;
  }
  return undefined;
}
