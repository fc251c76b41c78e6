/**
 * Owns what can be known of a value before anything is evaluated: types, their notation, and how a person reads them.
 * The notation is that of the DMN standard (`list<string>`, `context<a: number>`, `range<date>`, `function<number> -> string`) with its
 * type names; beside them stand the ids of the domain (`person`, `unit` …) and names that the caller resolves (`role`, `node` …).
 * Nothing here knows a definition; it must never evaluate. Rule: [TYP1].
 */

/** Ids that are texts but never mix with one another. */
export const ID_NAMES = ['person', 'unit', 'case', 'file', 'letter'] as const;
export type IdName = (typeof ID_NAMES)[number];

/** The values a text may have, and what list they come from (for messages; '' for literals of the source). */
export interface Enumeration {
  readonly of: string;
  /** value -> may it still be chosen? */
  readonly values: ReadonlyMap<string, boolean>;
  /** what people call a value, where it is called anything; says nothing about the type */
  readonly labels?: ReadonlyMap<string, string>;
}

const SIMPLE = {
  number: '数字',
  boolean: '是否',
  date: '日期',
  time: '时间',
  'date and time': '日期时间',
  'days and time duration': '天时时长',
  'years and months duration': '年月时长',
} as const;
export type SimpleName = keyof typeof SIMPLE;

export type Type =
  /** nothing is known; fits everywhere, and everything fits it */
  | { readonly kind: 'any' }
  /** the value null alone */
  | { readonly kind: 'null' }
  | { readonly kind: SimpleName }
  | { readonly kind: 'string'; readonly id?: IdName; readonly enumeration?: Enumeration }
  | { readonly kind: 'list'; readonly item: Type }
  /** `open`: members beyond the named ones may exist, of any type */
  | { readonly kind: 'context'; readonly members: ReadonlyMap<string, Type>; readonly open: boolean }
  | { readonly kind: 'range'; readonly of: Type }
  | { readonly kind: 'function'; readonly parameters: readonly Type[]; readonly result: Type }
  /** a name of the caller's, see `resolve`; a single capital letter is a variable of a signature */
  | { readonly kind: 'named'; readonly name: string };

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  /** takes every further argument; only the last parameter */
  readonly variadic: boolean;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: Type;
}

export const ANY: Type = { kind: 'any' };
export const NULL: Type = { kind: 'null' };
export const STRING: Type = { kind: 'string' };
export const NUMBER: Type = { kind: 'number' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const DATE: Type = { kind: 'date' };

export const listOf = (item: Type): Type => ({ kind: 'list', item });
export const idOf = (id: IdName): Type => ({ kind: 'string', id });

/** A context of these members; closed unless said otherwise. */
export const contextOf = (members: Iterable<readonly [string, Type]>, open = false): Type => ({
  kind: 'context',
  members: new Map(members),
  open,
});

/** A text out of a list. `values`: value -> may it still be chosen; a plain list means all of them. `labels`: what people call them. */
export function oneOf(
  values: Iterable<string> | ReadonlyMap<string, boolean>,
  of = '',
  labels?: ReadonlyMap<string, string>,
): Type {
  const map = values instanceof Map ? values : new Map([...(values as Iterable<string>)].map((value) => [value, true]));
  return { kind: 'string', enumeration: { of, values: map, ...(labels && { labels }) } };
}

// ---- notation --------------------------------------------------------------------------------------------------------

/** `list<person>` -> Type. Throws Error: the notation is written by the house and its hosts, never by an author. */
export function parseType(text: string): Type {
  const reader = new Reader(text);
  const type = reader.type();
  reader.end();
  return type;
}

/** `substring(string: string, start position: number, length?: number) -> string`; `...` before the last name: any number of them. */
export function parseSignature(text: string): Signature {
  const reader = new Reader(text);
  const name = reader.until('(');
  reader.take('(');
  const parameters: Parameter[] = [];
  while (!reader.tryTake(')')) {
    if (parameters.length > 0) reader.take(',');
    const variadic = reader.tryTake('...');
    const label = reader.until(':');
    reader.take(':');
    const optional = label.endsWith('?');
    parameters.push({ name: optional ? label.slice(0, -1).trim() : label, type: reader.type(), optional, variadic });
  }
  reader.take('->');
  const result = reader.type();
  reader.end();
  return { name, parameters, result };
}

/** Least and most arguments of a signature. */
export function arityOf({ parameters }: Signature): [min: number, max: number] {
  const variadic = parameters.at(-1)?.variadic ?? false;
  const needed = parameters.filter(({ optional, variadic: rest }) => !optional && !rest).length;
  const least = variadic && !parameters.at(-1)?.optional ? needed + 1 : needed;
  return [least, variadic ? Number.POSITIVE_INFINITY : parameters.length];
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  type(): Type {
    const name = this.#word();
    if (name === 'list' && this.tryTake('<')) return this.#closing(listOf(this.type()));
    if (name === 'range' && this.tryTake('<')) return this.#closing({ kind: 'range', of: this.type() });
    if (name === 'context' && this.tryTake('<')) return this.#context();
    if (name === 'function' && this.tryTake('<')) return this.#function();
    return typeNamed(name);
  }

  #context(): Type {
    const members = new Map<string, Type>();
    let open = false;
    while (!this.tryTake('>')) {
      if (members.size > 0 || open) this.take(',');
      if (this.tryTake('...')) open = true;
      else {
        const member = this.until(':');
        this.take(':');
        members.set(member, this.type());
      }
    }
    return contextOf(members, open);
  }

  #function(): Type {
    const parameters: Type[] = [];
    while (!this.tryTake('>')) {
      if (parameters.length > 0) this.take(',');
      parameters.push(this.type());
    }
    this.take('->');
    return { kind: 'function', parameters, result: this.type() };
  }

  #closing(type: Type): Type {
    this.take('>');
    return type;
  }

  #word(): string {
    const found = /^[^<>,():]+?(?=\s*(?:[<>,():]|->|$))/.exec(this.#rest())?.[0] ?? '';
    if (found === '') throw this.#wrong();
    this.#at += found.length;
    return found.trim();
  }

  until(sign: string): string {
    const end = this.#text.indexOf(sign, this.#at);
    if (end < 0) throw this.#wrong();
    const word = this.#text.slice(this.#at, end).trim();
    this.#at = end;
    return word;
  }

  take(sign: string): void {
    if (!this.tryTake(sign)) throw this.#wrong();
  }

  tryTake(sign: string): boolean {
    if (!this.#rest().startsWith(sign)) return false;
    this.#at += sign.length;
    return true;
  }

  end(): void {
    if (this.#rest() !== '') throw this.#wrong();
  }

  #rest(): string {
    while (this.#text[this.#at] === ' ') this.#at++;
    return this.#text.slice(this.#at);
  }

  #wrong(): Error {
    return new Error(`type notation: "${this.#text}" at ${this.#at}`);
  }
}

function typeNamed(name: string): Type {
  if (name === 'Any' || name === 'any') return ANY;
  if (name === 'Null' || name === 'null') return NULL;
  if (name === 'string') return STRING;
  if (name === 'list') return listOf(ANY);
  if (name === 'context') return contextOf([], true);
  if (name === 'range') return { kind: 'range', of: ANY };
  if (Object.hasOwn(SIMPLE, name)) return { kind: name as SimpleName };
  if ((ID_NAMES as readonly string[]).includes(name)) return idOf(name as IdName);
  return { kind: 'named', name };
}

/** What the names in signatures stand for. */
export type NamedTypes = Pick<ReadonlyMap<string, Type>, 'get'>;

/** The type without named parts; a name nobody knows is of any type. */
export function resolve(type: Type, named: NamedTypes): Type {
  switch (type.kind) {
    case 'named':
      return named.get(type.name) ?? ANY;
    case 'list':
      return listOf(resolve(type.item, named));
    case 'range':
      return { kind: 'range', of: resolve(type.of, named) };
    case 'context':
      return contextOf(
        [...type.members].map(([name, member]) => [name, resolve(member, named)] as const),
        type.open,
      );
    case 'function':
      return {
        kind: 'function',
        parameters: type.parameters.map((one) => resolve(one, named)),
        result: resolve(type.result, named),
      };
    default:
      return type;
  }
}

/** The very same type: no value and no message could tell the two apart. */
export function sameType(one: Type | undefined, other: Type | undefined): boolean {
  if (one === other) return true;
  if (!one || !other || one.kind !== other.kind) return false;
  if (one.kind === 'string' && other.kind === 'string')
    return one.id === other.id && sameEnumeration(one.enumeration, other.enumeration);
  if (one.kind === 'list' && other.kind === 'list') return sameType(one.item, other.item);
  if (one.kind === 'range' && other.kind === 'range') return sameType(one.of, other.of);
  if (one.kind === 'context' && other.kind === 'context')
    return one.open === other.open && sameTypes(one.members, other.members);
  if (one.kind === 'function' && other.kind === 'function')
    return (
      one.parameters.length === other.parameters.length &&
      one.parameters.every((parameter, index) => sameType(parameter, other.parameters[index])) &&
      sameType(one.result, other.result)
    );
  return one.kind !== 'named' || (other.kind === 'named' && one.name === other.name);
}

/** The same names in the same order, each of the same type: the order decides which of two near names is meant. */
export function sameTypes(one: ReadonlyMap<string, Type>, other: ReadonlyMap<string, Type>): boolean {
  if (one === other) return true;
  const others = other.entries();
  return (
    one.size === other.size &&
    [...one].every(([name, type]) => {
      const [twin, twinType] = others.next().value as [string, Type];
      return name === twin && sameType(type, twinType);
    })
  );
}

function sameEnumeration(one: Enumeration | undefined, other: Enumeration | undefined): boolean {
  if (one === other) return true;
  if (!one || !other || one.of !== other.of || one.values.size !== other.values.size) return false;
  const others = other.values.entries();
  return [...one.values].every(([value, active]) => {
    const [twin, twinActive] = others.next().value as [string, boolean];
    return value === twin && active === twinActive;
  });
}

// ---- for people -----------------------------------------------------------------------------------------------------

const IDS: Readonly<Record<IdName, string>> = {
  person: '人员',
  unit: '单位',
  case: '件',
  file: '附件',
  letter: '文书',
};

/** As a person reads it in a message. */
export function printType(type: Type): string {
  switch (type.kind) {
    case 'any':
      return '任意';
    case 'null':
      return '空';
    case 'string':
      return type.id ? IDS[type.id] : type.enumeration?.of ? `${type.enumeration.of}的代码` : '文字';
    case 'list':
      return type.item.kind === 'any' ? '列表' : `${printType(type.item)}的列表`;
    case 'context':
      return '对象';
    case 'range':
      return '区间';
    case 'function':
      return '函数';
    case 'named':
      return type.name;
    default:
      return SIMPLE[type.kind];
  }
}
