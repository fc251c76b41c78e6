/**
 * Owns story-names: what a story names is there - flows, steps, fields of forms, outcomes, actions, states of cases, letters, and the people who
 * play it. Whether it comes about as it says is found out by playing it (server/sandbox).
 */
import { missing } from '@ganwei/feel/nearest';
import { isObject } from '@ganwei/form/check';
import type { FormField } from '@ganwei/form/model';
import type { ProcessModel, ProcessNode } from '@ganwei/process/model';
import { type Act, type Cast, placeOf, type Standing } from '../story.ts';
import { checkOf } from './check.ts';

export const storyNames = checkOf('story-names', 'story', ({ release, definition, value, report }) => {
  const flows = release.keys('process');
  const cast = castOf(value.cast);
  const people = cast?.people.map(({ id }) => id);

  /** Undefined where it was reported. */
  const flow = (element: string, written: string): ProcessModel | undefined => {
    const { flow: key } = placeOf(written);
    const model = release.process(key)?.model;
    // what cannot be compiled is told where it is
    if (!model && !release.has('process', key)) report({ element, message: missing(key, flows, '流程') });
    return model;
  };
  const node = (element: string, written: string, fits: (node: ProcessNode) => boolean): ProcessNode | undefined => {
    const model = flow(element, written);
    if (!model) return undefined;
    const { node: id } = placeOf(written);
    const found = model.nodes.get(id);
    if (found && fits(found)) return found;
    const there = [...model.nodes.values()].filter(fits).map((one) => one.id);
    report({ element, message: `「${model.name}」${missing(id, there, '这一步')}` });
    return undefined;
  };
  const step = (element: string, written: string) => node(element, written, ({ task }) => task !== undefined);
  const person = (element: string, id: string): void => {
    if (people && !people.includes(id)) report({ element, message: missing(id, people, '人员') });
  };

  function castOf(written: typeof value.cast): Cast | undefined {
    if (typeof written !== 'string') return written;
    const other = release.compiled('story', written);
    if (other && typeof other.cast !== 'string') return other.cast;
    const element = 'cast';
    if (!release.has('story', written)) report({ element, message: missing(written, release.keys('story'), '用例') });
    else if (other) report({ element, message: `「${written}」没有自己的人员，请改指有人员的用例` });
    return undefined;
  }

  function lookAt(element: string, act: Act): void {
    if ('by' in act) person(element, act.by);
    if ('start' in act) {
      const begun = node(element, act.start, ({ start }) => start !== undefined);
      filled(element, act.start, begun?.start?.form, act.values);
      if (act.of) action(element, act.of.case, act.of.action);
    } else if ('submit' in act) {
      const task = step(element, act.submit)?.task;
      const outcomes = task?.outcomes.map(({ key }) => key);
      filled(element, act.submit, task?.form, act.values);
      if (outcomes && !outcomes.includes(act.outcome))
        report({ element, message: missing(act.outcome, outcomes, '办理选项') });
    } else if ('return' in act) {
      step(element, act.return);
      step(element, `${act.return.split('/')[0]}/${act.to}`);
    } else if ('transfer' in act) {
      step(element, act.transfer);
      person(element, act.to);
    } else if ('claim' in act) step(element, act.claim);
    else if ('withdraw' in act) flow(element, act.withdraw);
  }

  function filled(element: string, at: string, form: string | undefined, values: Document): void {
    const compiled = form === undefined ? undefined : release.asSeenBy('process', placeOf(at).flow).form(form);
    for (const [key, fields] of compiled ? unknownKeys(compiled.fields, values) : [])
      report({ element, message: missing(key, fields, '字段') });
  }

  function action(element: string, written: string, key: string): void {
    const actions = flow(element, written)?.case.actions.map((one) => one.key);
    if (actions && !actions.includes(key)) report({ element, message: missing(key, actions, '操作') });
  }

  function standing(element: string, { waiting, issued, ended, stuck }: Standing): void {
    for (const { step: written, who } of waiting) {
      step(element, written);
      for (const id of who) person(element, id);
    }
    for (const written of stuck) node(element, written, () => true);
    for (const { letter, of } of issued) {
      flow(element, of);
      if (!release.has('letter', letter))
        report({ element, message: missing(letter, release.keys('letter'), '文书模板') });
    }
    for (const { case: written, as } of ended) {
      const states = flow(element, written)?.case.statuses.map(({ key }) => key);
      if (states && as !== '' && !states.includes(as)) report({ element, message: missing(as, states, '状态') });
    }
  }

  if (!definition.app) report({ element: definition.key, message: '用例应放在一个应用的文件夹里' });
  for (const [index, act] of value.acts.entries()) {
    const element = `acts.${index}`;
    lookAt(element, act);
    if (act.expect) standing(element, act.expect);
  }
});

type Document = Readonly<Record<string, unknown>>;

/** Keys of a document that no field has, with those that the fields there have. */
function* unknownKeys(fields: readonly FormField[], values: Document): Iterable<[string, string[]]> {
  for (const [key, value] of Object.entries(values)) {
    const field = fields.find((one) => one.key === key);
    if (!field) yield [key, fields.map((one) => one.key)];
    else if (field.kind !== 'leaf')
      for (const within of [value].flat()) if (isObject(within)) yield* unknownKeys(field.fields, within);
  }
}
