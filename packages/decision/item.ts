/**
 * Owns the types of a DMN file: `typeRef` by name, item definitions with components, collections and allowed values. A type accepts a
 * value, with the conversions of the standard, or does not. It never guesses: a name nobody defined is a finding of the file.
 */
import { type CompiledTest, FeelError } from '@ganwei/feel/compile';
import { coerce, readType } from '@ganwei/feel/conform';
import { ArgumentError } from '@ganwei/feel/error';
import { ANY, contextOf, ID_NAMES, type IdName, idOf, listOf, printType, type Type } from '@ganwei/feel/type';
import { isContext, isList, kindOf, ownProperty, toValue, type Value } from '@ganwei/feel/values';
import { child, children, type DmnElement, textOf } from './element.ts';

export interface ItemType {
  /** as written */
  readonly name: string;
  readonly type: Type;
  /** The value as the type wants it; null is accepted everywhere; undefined: not of the type, or not among the allowed values. */
  accept(value: Value): Value | undefined;
}

/** Accepts everything: no type was declared. */
export const UNTYPED: ItemType = { name: 'Any', type: ANY, accept: (value) => value };

/** Names of older versions and tools. */
const OLDER: Readonly<Record<string, string>> = {
  long: 'number',
  double: 'number',
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
};

const WHOLE: ItemType = {
  name: 'integer',
  type: { kind: 'number' },
  accept: (value) => {
    const found = coerce(value, { kind: 'number' });
    return found === null || Number.isInteger(found) ? found : undefined;
  },
};

type Test = (text: string, definition: DmnElement) => CompiledTest;

export class ItemTypes {
  /** the file's own types by name, for `instance of` */
  readonly named: ReadonlyMap<string, Type>;
  readonly #definitions: readonly DmnElement[];
  readonly #test: Test;
  readonly #built = new Map<string, ItemType>();

  /** `test` compiles allowed values; what is wrong with them is its business. */
  constructor(definitions: readonly DmnElement[], test: Test) {
    this.#definitions = definitions;
    this.#test = test;
    const names = definitions.map((definition) => textOf(definition.name));
    this.named = new Map(names.map((name) => [name, this.of(name)?.type ?? ANY]));
  }

  /** null: nobody defined a type of this name. An empty name is no type. */
  of(typeRef: string, within: readonly string[] = []): ItemType | null {
    const name = typeRef.replace(/^(feel|xsd):/, '').trim();
    if (name === '') return UNTYPED;
    if (name === 'integer') return WHOLE;
    const built = this.#built.get(name);
    if (built) return built;
    const definition = this.#definitions.find((one) => textOf(one.name) === name);
    if (definition) {
      if (within.includes(name)) return UNTYPED; // a tree of its own kind: its branches are not looked into
      const made = this.#build(definition, [...within, name]);
      if (within.length === 0) this.#built.set(name, made);
      return made;
    }
    const type = readType(OLDER[name] ?? name, new Map());
    return type && { name, type, accept: (value) => coerce(value, type) };
  }

  #build(definition: DmnElement, within: readonly string[]): ItemType {
    const name = textOf(definition.name);
    const one = this.#constrained(definition, this.#single(definition, within));
    if (definition.isCollection !== true) return { ...one, name };
    const type = listOf(one.type);
    return { name, type, accept: (value) => acceptList(value, one) };
  }

  #single(definition: DmnElement, within: readonly string[]): ItemType {
    const name = textOf(definition.name);
    const called = child(definition, 'functionItem');
    if (called) {
      const parameters = children(called, 'parameters').map(() => ANY);
      const type: Type = { kind: 'function', parameters, result: ANY };
      return { name, type, accept: (value) => coerce(value, type) };
    }
    const components = children(definition, 'itemComponent').map((component) => this.#build(component, within));
    if (components.length === 0) return identified(name, this.of(textOf(definition.typeRef), within) ?? UNTYPED);
    const type = contextOf(components.map((component) => [component.name, component.type]));
    return { name, type, accept: (value) => acceptContext(value, components) };
  }

  #constrained(definition: DmnElement, base: ItemType): ItemType {
    const allowed = textOf(child(definition, 'allowedValues')?.text).trim();
    if (!allowed) return base;
    const test = this.#test(allowed, definition);
    const accept = (value: Value): Value | undefined => {
      const found = base.accept(value);
      return found === undefined || found === null || holds(test, found) ? found : undefined;
    };
    return { ...base, accept };
  }
}

/** A text type that bears the name of an id (`unit`, `person` …) is that id: the type checker keeps it apart from other texts. */
function identified(name: string, base: ItemType): ItemType {
  const isId = base.type.kind === 'string' && (ID_NAMES as readonly string[]).includes(name);
  return isId ? { ...base, type: idOf(name as IdName) } : base;
}

/** A value that the test cannot be asked about (another kind) is not allowed. */
function holds(test: CompiledTest, value: Value): boolean {
  try {
    return test.test(value, {});
  } catch (error) {
    if (error instanceof FeelError) return false;
    throw error;
  }
}

function acceptList(value: Value, item: ItemType): Value | undefined {
  if (value === null) return null;
  const items = (isList(value) ? value : [value]).map((one) => item.accept(toValue(one)));
  return items.includes(undefined) ? undefined : (items as Value[]);
}

/** Every component must be there; what else the context holds stays. */
function acceptContext(value: Value, components: readonly ItemType[]): Value | undefined {
  const holder = isList(value) && value.length === 1 ? toValue(value[0]) : value;
  if (holder === null) return null;
  if (!isContext(holder)) return undefined;
  const accepted: Record<string, Value> = { ...holder };
  for (const component of components) {
    const given = ownProperty(holder, component.name);
    const found = given === undefined ? undefined : component.accept(given);
    if (found === undefined) return undefined;
    accepted[component.name] = found;
  }
  return accepted;
}

/** As a person reads it: the name of the author's type, or the Chinese word of one of the standard. */
export const describeType = (item: ItemType): string =>
  readType(item.name, new Map()) ? printType(item.type) : item.name;

/** The value as the type wants it; ArgumentError when it is not of the type. */
export function accept(value: Value, type: ItemType, what: string): Value {
  const accepted = type.accept(value);
  if (accepted === undefined)
    throw new ArgumentError(`${what}应为 ${type.name}，实际是${kindOf(value)}，或不在允许的范围内`);
  return accepted;
}
