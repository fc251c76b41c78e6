/**
 * Owns what cases of one flow are replayed on: one state of the content, opened, with the flow ready to take steps. The same machine runs real
 * cases. What is no content (people, functions of the platform) comes from outside. Must never know a case. Rule: [IMP1].
 */

import { type Calendar, makeCalendar } from '@ganwei/calendar/calendar';
import type { ReachedNode } from '@ganwei/core/history';
import { type Compiled, compileExpression, type Language } from '@ganwei/feel/compile';
import type { CompiledForm } from '@ganwei/form/dialect';
import { type Former, formerIn, withNewerNames } from '@ganwei/form/formerly';
import type { Lookups } from '@ganwei/form/model';
import type { CompiledProcess } from '@ganwei/process/compile';
import type { ProcessNode } from '@ganwei/process/model';
import { makeStepper, type Stepper } from '@ganwei/process/step';
import { appOf } from '../keys.ts';
import type { Release } from '../release.ts';
import { dataNames } from '../scope/filled.ts';
import { dictionaryOn } from '../tables.ts';
import type { Submitted } from './recorded.ts';

/** Names that an expression sees. */
export type Names = Readonly<Record<string, unknown>>;

/** What functions of expressions look at beside the names. */
export interface Around {
  calendar: Calendar;
  /** when it is: epoch milliseconds */
  at: number;
  reached: Readonly<Record<string, ReachedNode>>;
  /** open steps with their due dates */
  waiting: ReadonlyMap<string, string | null>;
}

/** What is not content, the same before and after a change. */
export interface Outside {
  /** YYYY-MM-DD: the day whose dictionaries count */
  readonly today: string;
  readonly lookups: Pick<Required<Lookups>, 'person' | 'unit'>;
  /** under which `reached` keeps who has done something in the case */
  readonly tookPart: string;
  /** of a form that several people fill: one entry */
  listed(submitted: Submitted): Names;
  /** the people that a value names */
  people(value: unknown): string[];
  world(around: Around): Names;
}

export interface Ground {
  /** as the flow sees it */
  readonly release: Release;
  readonly outside: Outside;
  readonly calendar: Calendar;
  readonly flow: CompiledProcess;
  readonly stepper: Stepper;
  /** markings that have been come to, by their digest */
  readonly markings: Map<string, string>;
  /** names of data that expressions of the flow may use */
  readonly names: readonly string[];
  readonly lookups: Lookups;
  /** what the case keeps under this name, as expressions see it: under the newer names of its form as well [REN8] */
  seen(name: string, value: unknown): unknown;
  node(id: string): ProcessNode | undefined;
  form(key: string): CompiledForm | undefined;
  /** the full key of a flow that is named here */
  full(process: string): string;
  compiled(source: string): Compiled;
}

/** The ground of a flow in a state of the content; undefined: there is no such flow there. */
export function groundOf(release: Release, full: string, outside: Outside): Ground | undefined {
  const view = release.within(appOf(full));
  const flow = release.process(full);
  if (!flow) return undefined;
  const language: Language = release.language;
  const texts = new Map<string, Compiled>();
  const former = formerOf(flow, view);
  const dictionaries = new Map<string, ReturnType<NonNullable<Lookups['dictionary']>>>();
  const dictionary = (key: string) => {
    const known = release.dictionary(key);
    if (!dictionaries.has(key)) dictionaries.set(key, known && dictionaryOn(known, outside.today).items);
    return dictionaries.get(key);
  };
  const years = release.all('calendar').flatMap((key) => release.compiled('calendar', key) ?? []);
  return {
    release: view,
    outside,
    calendar: makeCalendar(years),
    flow,
    stepper: makeStepper(flow),
    markings: new Map(),
    names: dataNames(flow.model),
    lookups: { ...outside.lookups, dictionary },
    seen: (name, value) => withNewerNames(value, former.get(name) ?? []),
    node: (id) => flow.model.nodes.get(id),
    form: (key) => view.form(key),
    full: (process) => view.full('process', process),
    compiled(source) {
      const known = texts.get(source) ?? compileExpression(source, language);
      texts.set(source, known);
      return known;
    },
  };
}

/** By the name under which a case keeps a form, what of its fields was called otherwise. */
function formerOf({ model }: CompiledProcess, view: Release): Map<string, readonly Former[]> {
  const former = new Map<string, readonly Former[]>();
  for (const { start, task } of model.nodes.values())
    for (const step of [start, task]) {
      const form = step?.form === undefined ? undefined : view.form(step.form);
      if (step && form) former.set(step.as, [...(former.get(step.as) ?? []), ...formerIn(form.fields)]);
    }
  return former;
}

/** What a flow takes from the content beside its own text: is it the same before and after? */
export function sameSurroundings(one: Release, other: Release): boolean {
  const all = (['calendar', 'dictionary', 'directory'] as const).map((kind) => [kind, one.all(kind)] as const);
  return (
    one.language === other.language &&
    all.every(([kind, keys]) => {
      const others = other.all(kind);
      return (
        keys.length === others.length && keys.every((key) => one.compiled(kind, key) === other.compiled(kind, key))
      );
    })
  );
}
