/** Owns what a letter may use where flows issue it, for whoever writes it: names with the members of their items, and made-up values to see its pages with. */
import type { Type } from '@ganwei/feel/type';
import type { Release } from '@ganwei/release/release';
import { scopeOf } from '@ganwei/release/scope/known';
import { letterScope } from '@ganwei/release/scope/letters';
import { serviceAt, usesOf } from '@ganwei/release/scope/uses';
import { flattened, kindOf } from './names.ts';
import { FIELDS } from './offered.ts';
import type { LetterNames, MadeFor, NameOfLetter } from './told.ts';

/** Of the first place that issues it and can be read; empty where none does. What the letter itself is, the server knows. */
export function letterNames(view: Release, key: string, made: MadeFor): LetterNames {
  for (const place of usesOf(view, 'letter key', key)) {
    const [scope, service] = [scopeOf(view, place.process), serviceAt(view, place)];
    if (!scope || !service) continue;
    const { names } = letterScope(view, service, scope.at(place.node));
    const all = [...names];
    const labels = labelsIn(view, place.process);
    const within = (path: string, type: Type) => ofLetter(path, type, labels);
    return {
      names: all.flatMap(([name, type]) => flattened(name, type, 1, within)),
      data: Object.fromEntries(
        all
          .filter(([name]) => name !== 'letter')
          .map(([name, type]) => [name, madeUp(type, name, { ...made, labels }, 0)]),
      ),
    };
  }
  return { names: [], data: {} };
}

/** What fields of the forms of a process are called, by the paths at which its expressions read them. */
type Labels = ReadonlyMap<string, string>;

function labelsIn(view: Release, process: string): Labels {
  const nodes = [...(view.process(process)?.model.nodes.values() ?? [])];
  const named = nodes.flatMap(({ start, task }) => {
    const filled = start ?? task;
    if (!filled?.form || !view.isCompiled('form', filled.form)) return [];
    const name = filled.as || filled.form;
    return view
      .ask(FIELDS, filled.form)
      .map(({ path, label }) => [under(name, path.replaceAll('[]', '')), label] as const);
  });
  return new Map(named);
}

const ofLetter = (path: string, type: Type, labels: Labels): Pick<NameOfLetter, 'label' | 'members'> => ({
  label: labels.get(path) ?? '',
  members:
    type.kind === 'list' && type.item.kind === 'context'
      ? [...type.item.members].map(([name, member]) => ({
          name,
          label: labels.get(under(path, name)) ?? '',
          kind: kindOf(member),
        }))
      : [],
});

type Made = MadeFor & { readonly labels: Labels };

/** Items of a list that is made up; levels of contexts. */
const ITEMS = 2;
const DEEPEST = 5;

/** A value of this type that says where it stands: texts are the name in brackets. JSON. */
export function madeUp(type: Type, name: string, made: Made, depth: number): unknown {
  switch (type.kind) {
    case 'string': {
      if (type.id === 'person' || type.id === 'unit') return made[type.id];
      return type.id ? '' : ([...(type.enumeration?.values.keys() ?? [])][0] ?? `〔${made.labels.get(name) ?? name}〕`);
    }
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'date':
      return made.today;
    case 'list':
      return depth >= DEEPEST ? [] : Array.from({ length: ITEMS }, () => madeUp(type.item, name, made, depth + 1));
    case 'context':
      if (depth >= DEEPEST) return {};
      return Object.fromEntries(
        [...type.members].map(([key, member]) => [key, madeUp(member, under(name, key), made, depth + 1)]),
      );
    default:
      return null;
  }
}

const under = (name: string, key: string): string => `${name}.${key}`;
