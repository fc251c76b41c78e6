/**
 * Owns the rule book of who sees what of a case: what a person is to it, and by that what of each kind of thing he sees. SEES is the whole
 * of it, as data; docs/reading.md says the same to people. Deny by default: what no relation grants is not sent, not counted and not hinted
 * at. Commands and queries ask here and decide nothing of their own. Rules: [A1] [A2] [A3] [READ1] [READ2] [READ3] [READ4] [READ11] [READ12].
 */
import type { ProcessModel, ProcessNode, TaskSettings } from '@ganwei/process/model';
import type { Sight } from './sight.ts';

/**
 * What a person is to a case. reader: whom the process's `readers` names · handler: who has a step, or has done one · concerned: who started
 * it, and the persons it is about · recipient: to whom it or a letter of it was sent.
 */
export type Relation = 'reader' | 'handler' | 'concerned' | 'recipient';

/**
 * How much. all: everything · closed: everything of a round that has ended, of an open one his own · shown: what his own steps show him ·
 * addressed: what is meant for him, and his own · own: what he himself holds, did or wrote · none: nothing.
 */
export type Extent = 'all' | 'closed' | 'shown' | 'addressed' | 'own' | 'none';

const WIDEST: readonly Extent[] = ['all', 'closed', 'shown', 'addressed', 'own', 'none'];

const to = (reader: Extent, handler: Extent, concerned: Extent, recipient: Extent) => ({
  reader,
  handler,
  concerned,
  recipient,
});

/** Kind of thing -> what each relation sees of it. `all` of the milestones is their names and days, never a person, a word or a result. */
export const SEES = {
  existence: to('all', 'all', 'all', 'all'),
  milestones: to('all', 'all', 'all', 'all'),
  starter: to('all', 'shown', 'own', 'none'),
  forms: to('all', 'shown', 'shown', 'none'),
  rows: to('all', 'shown', 'shown', 'none'),
  openSteps: to('all', 'own', 'own', 'none'),
  holders: to('all', 'own', 'own', 'none'),
  acts: to('all', 'own', 'own', 'own'),
  votes: to('closed', 'own', 'own', 'none'),
  results: to('all', 'none', 'none', 'none'),
  comments: to('all', 'addressed', 'addressed', 'own'),
  attachments: to('all', 'addressed', 'addressed', 'own'),
  letters: to('all', 'addressed', 'addressed', 'addressed'),
  receipts: to('all', 'own', 'own', 'own'),
  family: to('own', 'own', 'own', 'own'),
  drawing: to('all', 'none', 'none', 'none'),
  ahead: to('all', 'none', 'none', 'none'),
  refusals: to('all', 'own', 'own', 'none'),
} as const satisfies Readonly<Record<string, Readonly<Record<Relation, Extent>>>>;

export type Thing = keyof typeof SEES;

/** What a person had to do with a case (relation.ts). */
export interface Involvement {
  relations: ReadonlySet<Relation>;
  /** start event and user tasks at which he has or had a work item */
  steps: ReadonlySet<string>;
  /** letters that are addressed to him */
  letters: ReadonlySet<string>;
  /** things and forms that the process opens to him beside his relations */
  granted: ReadonlySet<Thing>;
  grantedForms: ReadonlySet<string>;
}

/** A form of the case for one person. */
export interface ShownForm {
  /** paths that stay hidden */
  hide: readonly string[];
  /** of a form that several people fill: everybody's, or what he himself filled in */
  rows: 'all' | 'own';
}

export interface Reading extends Involvement {
  /** name of a form -> what he sees of it */
  forms: ReadonlyMap<string, ShownForm>;
}

/** What decides how much somebody sees. */
type Standing = Pick<Involvement, 'relations' | 'granted'>;

/** [READ1] The most that any of his relations grants; all of what the process opens to him by itself [READ12]. */
export function extentOf({ relations, granted: opened }: Standing, thing: Thing): Extent {
  if (opened.has(thing)) return 'all';
  const granted = [...relations].map((relation) => SEES[thing][relation] as Extent);
  return WIDEST.find((extent) => granted.includes(extent)) ?? 'none';
}

/** [READ11] Who started the case: his own doing, or what a form of the start that is shown to him says anyway. */
export function seesStarter(
  reading: Reading,
  model: ProcessModel,
  { start, starter_id }: StartedRow,
  person: string,
): boolean {
  if (starter_id === person || seesAll(reading, 'starter')) return true;
  const as = model.nodes.get(start)?.start?.as;
  return extentOf(reading, 'starter') === 'shown' && as !== undefined && reading.forms.has(as);
}

type StartedRow = Readonly<{ start: string; starter_id: string }>;

/** All of this kind of thing? */
export const seesAll = (own: Standing, thing: Thing): boolean => extentOf(own, thing) === 'all';

/** [A1] Does the case exist for him? */
export const mayReadCase = (own: Standing): boolean => extentOf(own, 'existence') !== 'none';

/** Whom the process names as reader. A subject of the case is none while the process keeps something from the persons concerned. */
export function isReader(model: ProcessModel, sight: Sight, subject: boolean): boolean {
  const { readers } = model.case;
  return readers !== undefined && !isKeptFrom(model, sight, subject) && sight.holds(readers);
}

const isKeptFrom = (model: ProcessModel, sight: Sight, subject: boolean): boolean =>
  subject && model.case.confidential.length > 0 && !isDisclosed(model, sight);

/** [READ12] Which things and forms the process opens to him although he does not read the whole case; undefined: none. */
export function openedTo(
  model: ProcessModel,
  sight: Sight,
  subject: boolean,
): Pick<Involvement, 'granted' | 'grantedForms'> | undefined {
  if (isKeptFrom(model, sight, subject)) return undefined;
  const opened = model.case.partReaders.filter(({ who }) => sight.holds(who));
  if (opened.length === 0) return undefined;
  const things = opened.flatMap((one) => one.things).filter((thing): thing is Thing => thing in SEES);
  return { granted: new Set(things), grantedForms: new Set(opened.flatMap((one) => one.forms)) };
}

/** [A2] Which forms, and what of them. */
export function readingOf(model: ProcessModel, own: Involvement, sight: Sight): Reading {
  const forms = new Map<string, ShownForm>();
  if (seesAll(own, 'forms')) {
    for (const { start, task } of model.nodes.values()) {
      const settings = start ?? task;
      if (settings?.form) forms.set(settings.as, { hide: [], rows: 'all' });
    }
    return { ...own, forms };
  }
  const concealed = new Set(
    own.relations.has('concerned') && !isDisclosed(model, sight) ? model.case.confidential : [],
  );
  const show = (name: string, { hide, rows }: ShownForm): void => {
    if (concealed.has(name)) return;
    const before = forms.get(name);
    forms.set(name, {
      hide: before ? before.hide.filter((path) => hide.includes(path)) : [...hide],
      rows: before?.rows === 'all' ? 'all' : rows,
    });
  };
  for (const name of own.grantedForms) show(name, { hide: [], rows: 'all' });
  for (const id of own.steps) {
    const node = model.nodes.get(id);
    if (node?.start?.form) show(node.start.as, { hide: [], rows: 'all' });
    if (node?.task) for (const [name, shown] of shownAt(node.task, sight)) show(name, shown);
  }
  return { ...own, forms };
}

/** A step shows its own form, of several people only what he himself filled in, and what it says it shows. */
function* shownAt({ form, as, list, access, shows }: TaskSettings, sight: Sight): Iterable<[string, ShownForm]> {
  const hidden = access.filter(({ mode }) => mode === 'hidden').map(({ path }) => path);
  if (form) yield [as, { hide: hidden, rows: list ? 'own' : 'all' }];
  for (const shown of shows) {
    if (!shown.when || sight.holds(shown.when)) yield [shown.as, { hide: shown.hide, rows: 'all' }];
  }
}

const isDisclosed = ({ case: settings }: ProcessModel, sight: Sight): boolean =>
  settings.disclosed !== undefined && sight.holds(settings.disclosed);

/** [READ2] The milestone a node belongs to: the innermost that is named around it; undefined for a node outside of all. */
export function milestoneOf(model: ProcessModel, id: string): ProcessNode | undefined {
  for (let node = model.nodes.get(id); node; node = node.parent ? model.nodes.get(node.parent) : undefined) {
    if (node.milestone !== undefined) return node;
  }
  return undefined;
}

/**
 * [READ2] May a step of others be named to those who see milestones only? In a process that names milestones none is: they stand for
 * all steps. In one that names none each step is its own milestone, unless it is confidential.
 */
export function isNamed(model: ProcessModel, id: string): boolean {
  if ([...model.nodes.values()].some(({ milestone }) => milestone !== undefined)) return false;
  const task = model.nodes.get(id)?.task;
  return task !== undefined && !task.confidential;
}

/** A step with an audience is there only for its audience and its holders. */
export const isOpenTo = (task: TaskSettings | undefined, sight: Sight): boolean =>
  !task?.audience || sight.holds(task.audience);
