/**
 * Owns story-names: what a story names is there - flows, steps, fields of forms, outcomes, actions, states of cases, letters, and the people who
 * play it. Whether it comes about as it says is found out by playing it (server/sandbox).
 */
import { isObject } from '@ganwei/form/check';
import type { FormField } from '@ganwei/form/model';
import type { ProcessModel, ProcessNode } from '@ganwei/process/model';
import { type Act, type Cast, placeOf, type Standing } from '../story.ts';
import { checkOf, lacking } from './check.ts';

export const storyNames = checkOf('story-names', 'story', ({ release, definition, value, report }) => {
  const flows = release.keys('process');
  const cast = castOf(value.cast);
  const people = cast?.people.map(({ id }) => id);

  /** Undefined where it was reported. */
  const flow = (element: string, written: string, at: readonly string[]): ProcessModel | undefined => {
    const { flow: key } = placeOf(written);
    const model = release.process(key)?.model;
    // what cannot be compiled is told where it is
    if (!model && !release.has('process', key)) report({ element, ...lacking(key, flows, { what: '流程', at }) });
    return model;
  };
  const node = (
    element: string,
    written: string,
    at: readonly string[],
    fits: (node: ProcessNode) => boolean,
  ): ProcessNode | undefined => {
    const model = flow(element, written, at);
    if (!model) return undefined;
    const { node: id } = placeOf(written);
    const found = model.nodes.get(id);
    if (found && fits(found)) return found;
    const there = [...model.nodes.values()].filter(fits).map((one) => one.id);
    report({ element, ...lacking(id, there, { what: '这一步', before: `「${model.name}」`, at }) });
    return undefined;
  };
  const step = (element: string, written: string, ...at: string[]) =>
    node(element, written, at, ({ task }) => task !== undefined);
  const person = (element: string, id: string): void => {
    if (people && !people.includes(id)) report({ element, ...lacking(id, people, { what: '人员' }) });
  };

  function castOf(written: typeof value.cast): Cast | undefined {
    if (typeof written !== 'string') return written;
    const other = release.compiled('story', written);
    if (other && typeof other.cast !== 'string') return other.cast;
    const element = 'cast';
    if (!release.has('story', written))
      report({ element, ...lacking(written, release.keys('story'), { what: '用例' }) });
    else if (other) report({ element, message: `「${written}」没有自己的人员，请改指有人员的用例` });
    return undefined;
  }

  function lookAt(element: string, act: Act): void {
    if ('by' in act) person(element, act.by);
    if ('start' in act) {
      const begun = node(element, act.start, ['start'], ({ start }) => start !== undefined);
      filled(element, act.start, begun?.start?.form, act.values);
      if (act.of) action(element, act.of.case, act.of.action);
    } else if ('submit' in act) {
      const task = step(element, act.submit, 'submit')?.task;
      const outcomes = task?.outcomes.map(({ key }) => key);
      filled(element, act.submit, task?.form, act.values);
      if (outcomes && !outcomes.includes(act.outcome))
        report({ element, ...lacking(act.outcome, outcomes, { what: '办理选项', at: ['outcome'] }) });
    } else if ('return' in act) {
      step(element, act.return, 'return');
      step(element, `${act.return.split('/')[0]}/${act.to}`, 'to');
    } else if ('transfer' in act) {
      step(element, act.transfer, 'transfer');
      person(element, act.to);
    } else if ('claim' in act) step(element, act.claim, 'claim');
    else if ('withdraw' in act) flow(element, act.withdraw, ['withdraw']);
  }

  function filled(element: string, at: string, form: string | undefined, values: Document): void {
    const compiled = form === undefined ? undefined : release.asSeenBy('process', placeOf(at).flow).form(form);
    for (const { key, fields, at: below } of compiled ? unknownKeys(compiled.fields, values, ['values']) : [])
      report({ element, ...lacking(key, fields, { what: '字段', at: below }) });
  }

  function action(element: string, written: string, key: string): void {
    const actions = flow(element, written, ['of', 'case'])?.case.actions.map((one) => one.key);
    if (actions && !actions.includes(key))
      report({ element, ...lacking(key, actions, { what: '操作', at: ['of', 'action'] }) });
  }

  function standing(element: string, { waiting, issued, ended, stuck }: Standing): void {
    for (const [index, { step: written, who }] of waiting.entries()) {
      step(element, written, 'expect', 'waiting', String(index), 'step');
      for (const id of who) person(element, id);
    }
    for (const [index, written] of stuck.entries())
      node(element, written, ['expect', 'stuck', String(index)], () => true);
    for (const [index, { letter, of }] of issued.entries()) {
      flow(element, of, ['expect', 'issued', String(index), 'of']);
      if (!release.has('letter', letter))
        report({
          element,
          ...lacking(letter, release.keys('letter'), {
            what: '文书模板',
            at: ['expect', 'issued', String(index), 'letter'],
          }),
        });
    }
    for (const [index, { case: written, as }] of ended.entries()) {
      const at = ['expect', 'ended', String(index)];
      const states = flow(element, written, [...at, 'case'])?.case.statuses.map(({ key }) => key);
      if (states && as !== '' && !states.includes(as))
        report({ element, ...lacking(as, states, { what: '状态', at: [...at, 'as'] }) });
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

/** Keys of a document that no field has, with those that the fields there have, and where they stand. */
function* unknownKeys(
  fields: readonly FormField[],
  values: Document,
  at: readonly string[],
): Iterable<{ key: string; fields: string[]; at: readonly string[] }> {
  for (const [key, value] of Object.entries(values)) {
    const field = fields.find((one) => one.key === key);
    if (!field) yield { key, fields: fields.map((one) => one.key), at };
    else if (field.kind !== 'leaf')
      for (const [index, within] of [value].flat().entries())
        if (isObject(within))
          yield* unknownKeys(field.fields, within, [...at, key, ...(Array.isArray(value) ? [String(index)] : [])]);
  }
}
