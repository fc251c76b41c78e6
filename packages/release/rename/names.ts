/**
 * Owns the names that a definition gives to what is in it: fields, steps, outcomes, statuses, values of a case, columns, entries, words, functions - and its own. Read
 * from its text alone, so that a definition that is wrong has its names, too. Rule: [REN6].
 */
import type { Definition } from '../definition.ts';
import { fullKey } from '../keys.ts';
import { type Declared, declaredBy } from './declared.ts';
import { slotsOf } from './slots.ts';

/** What is called by a key that stays: it is kept outside definitions, too. `list`: of the directory's words, which. */
export type Kept = { readonly in: string; readonly key: string } & (
  | { readonly kind: 'definition'; readonly of: Definition['kind'] }
  | { readonly kind: 'entry' }
  | { readonly kind: 'function' }
  | { readonly kind: 'word'; readonly list: string }
);

export type Thing = Declared | Kept;

/** A name with what people call it, and in what it lies; '' where they call it nothing. */
export interface NameHere {
  readonly thing: Thing;
  readonly label: string;
  readonly within: string;
}

export const isDeclared = (thing: Thing): thing is Declared => Object.hasOwn(declaredBy, thing.kind);

/** All names of a definition in the order of its text, its own first. A text that cannot be read has its own alone. */
export function namesOf(definition: Definition): NameHere[] {
  const full = fullKey(definition);
  const own: NameHere = {
    thing: { kind: 'definition', of: definition.kind, in: full, key: definition.key },
    label: '',
    within: '',
  };
  try {
    return [own, ...inside(definition, full)];
  } catch (error) {
    // Whatever the reader of its kind throws: the check says what is wrong with the text.
    if (error instanceof Error) return [own];
    throw error;
  }
}

function inside(definition: Definition, full: string): NameHere[] {
  switch (definition.kind) {
    case 'form':
      return fieldsIn(JSON.parse(definition.source)?.schema?.properties, { full, prefix: '', within: '' });
    case 'process':
      return namesInFlow(definition, full);
    case 'ledger':
      return listed(JSON.parse(definition.source)?.columns, 'key').map(({ key, label }) => ({
        thing: { kind: 'column', in: full, key },
        label,
        within: '',
      }));
    case 'dictionary':
      return listed(JSON.parse(definition.source)?.items, 'code').map(({ key, label }) => ({
        thing: { kind: 'entry', in: full, key },
        label,
        within: '',
      }));
    case 'directory':
      return Object.entries(JSON.parse(definition.source)).flatMap(([list, words]) =>
        listed(words, 'key').map(({ key, label }) => ({
          thing: { kind: 'word', list, in: full, key },
          label,
          within: list,
        })),
      );
    case 'functions':
      return slotsOf(definition)
        .filter(({ tag, name }) => /(^|:)businessKnowledgeModel$/.test(tag) && name === 'name')
        .map(({ value }) => ({ thing: { kind: 'function', in: full, key: value }, label: '', within: '' }));
    default:
      return [];
  }
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isJson(value) && typeof value['zh-CN'] === 'string' ? value['zh-CN'] : '';

interface Home {
  full: string;
  prefix: string;
  within: string;
}

/** Layout is no name, and what lies in it lies in what is around it. */
function fieldsIn(properties: unknown, home: Home): NameHere[] {
  if (!isJson(properties)) return [];
  return Object.entries(properties).flatMap(([key, node]) => {
    if (!isJson(node)) return [];
    const label = textOf(node.title);
    if (node.type === 'void') return fieldsIn(node.properties, home);
    const path = home.prefix + key;
    const inner = { ...home, within: label || key };
    return [
      { thing: { kind: 'field', in: home.full, path, key }, label, within: home.within },
      ...fieldsIn(node.properties, { ...inner, prefix: `${path}.` }),
      ...fieldsIn(isJson(node.items) ? node.items.properties : undefined, { ...inner, prefix: `${path}[].` }),
    ];
  });
}

/** Of a list of objects what they are called by and what people call them. */
function listed(list: unknown, by: 'key' | 'code'): { key: string; label: string }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    const key = isJson(one) ? one[by] : undefined;
    return typeof key === 'string' ? [{ key, label: textOf(one.title) || textOf(one.label) }] : [];
  });
}

/** Kinds of steps, in whatever namespace the file has. */
const STEP = /(^|:)(\w*[tT]ask|callActivity|subProcess)$/;

function namesInFlow(definition: Definition, full: string): NameHere[] {
  const found: NameHere[] = [];
  const steps = new Map<string, string>();
  const data = new Set<string>();
  for (const { tag, own, owners } of elementsOf(definition)) {
    const [key, label] = [own.get('key') ?? '', own.get('label') ?? ''];
    const id = own.get('id') ?? '';
    if (STEP.test(tag) && !tag.startsWith('ganwei:') && !tag.startsWith('bpmndi:')) {
      steps.set(id, own.get('name') ?? '');
      found.push({ thing: { kind: 'step', in: full, key: id }, label: own.get('name') ?? '', within: '' });
    }
    const step = owners.findLast((owner) => steps.has(owner));
    if (tag === 'ganwei:outcome' && step !== undefined)
      found.push({ thing: { kind: 'outcome', in: full, step, key }, label, within: steps.get(step) || step });
    if (tag === 'ganwei:status') found.push({ thing: { kind: 'status', in: full, key }, label, within: '' });
    const as = own.get('as') ?? (tag === 'ganwei:output' ? (own.get('name') ?? '').split('.')[0] : '');
    if (as && !data.has(as)) {
      data.add(as);
      found.push({ thing: { kind: 'data', in: full, key: as }, label: '', within: '' });
    }
  }
  return found;
}

/** The elements of a flow with their attributes: all slots of one element share its owners. */
function elementsOf(definition: Definition) {
  const elements = new Map<readonly string[], { tag: string; own: Map<string, string>; owners: readonly string[] }>();
  for (const { tag, name, value, owners } of slotsOf(definition)) {
    if (name === '') continue;
    const element = elements.get(owners) ?? { tag, own: new Map<string, string>(), owners };
    element.own.set(name, value);
    elements.set(owners, element);
  }
  return elements.values();
}

/** What people call the place with these owners: the innermost that has a name for them, with what is around it. */
export function placesIn(definition: Definition): (owners: readonly string[]) => string[] {
  const labels = new Map(
    namesOf(definition).flatMap(({ thing, label }) => (label ? [[thing.key, label] as const] : [])),
  );
  return (owners) => {
    const said = owners.flatMap((owner) => labels.get(owner) ?? (/\p{Script=Han}/u.test(owner) ? owner : []));
    return [...new Set(said)].slice(-2);
  };
}
