/**
 * Owns the link between FEEL and a form: compiles a rule at its place, resolves each name once (own row, group, root, case),
 * lists what it reads, and finds circles among what moves. It never evaluates text as JavaScript and never sees Formily.
 */
import type { Problem } from '@ganwei/core/definition';
import {
  compileExpression,
  compileTemplate,
  type Dependencies,
  FeelError,
  type FunctionSpec,
  type Language,
  type Value,
} from '@ganwei/feel/compile';
import { jsonOf } from '@ganwei/feel/json';
import type { BoundRule, BoundTemplate, DialectOptions, FormField, Lookups, RuleContext } from './model.ts';

/** Names every case offers to its forms. No field may bear one of them. */
export const SYSTEM_NAMES = ['actor', 'today', 'now', 'case', 'rowNumber'] as const;

/** A container on the way to a rule: its fields by name, filled while the form is read. */
export type Container = ReadonlyMap<string, FormField>;

export interface Place {
  /** path of the field or layout node that carries the rule */
  element: string;
  /** from the root to the container the rule stands in */
  containers: readonly Container[];
  inRow: boolean;
}

/** Collects problems and outside names while the rules of one form are bound. */
export interface Binder {
  rule(source: string, place: Place): BoundRule | undefined;
  template(text: string, place: Place): BoundTemplate | undefined;
  outside: Set<string>;
  /** keys of the dictionaries that rules look up by name */
  dictionaries: Set<string>;
}

/** `dictionary("D-01")` and `dictionary label("D-01", …)`: the key as it is written. */
const LOOK_UP = /\bdictionary(?: label)?\(\s*"([^"]+)"/g;

type Functions = Readonly<Record<string, FunctionSpec>>;

/** One language per table of functions, so that all forms share a parser and what it remembers. */
const languages = new WeakMap<Functions, Language>();

/** The language of the rules of forms: half-filled, with look-ups of dictionaries and names. */
export function ruleLanguage(functions: Functions = NO_FUNCTIONS): Language {
  const language = languages.get(functions) ?? { mode: 'tolerant', functions: { ...FORM_FUNCTIONS, ...functions } };
  languages.set(functions, language);
  return language;
}

const NO_FUNCTIONS: Functions = {};

export function makeBinder(options: DialectOptions, problems: Problem[]): Binder {
  const language = ruleLanguage(options.functions);
  const outside = new Set<string>();
  const dictionaries = new Set<string>();
  const known = options.names && new Set<string>([...SYSTEM_NAMES, ...options.names]);

  function bind(names: readonly string[], place: Place): Binding[] {
    return names.map((name) => {
      for (let level = place.containers.length - 1; level >= 0; level--) {
        if (place.containers[level]?.has(name)) return { name, level };
      }
      if (name === 'rowNumber' && place.inRow) return { name, level: ROW };
      outside.add(name);
      if (known ? !known.has(name) || name === 'rowNumber' : false) {
        problems.push({
          severity: 'error',
          rule: 'unknown-name',
          element: place.element,
          message: `规则里的「${name}」既不是本表单的字段，也不是本流程中的表单或数据，请检查名称`,
        });
      }
      return { name, level: SYSTEM };
    });
  }

  function guarded<T>(place: Place, source: string, compile: () => T, inert: NoInfer<T>): T | undefined {
    for (const [, key = ''] of source.matchAll(LOOK_UP)) dictionaries.add(key);
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      if (options.checked) return inert;
      problems.push({
        severity: 'error',
        rule: 'expression',
        element: place.element,
        message: `表达式「${source}」有误：${error.message}`,
      });
      return undefined;
    }
  }

  function link(compiled: Dependencies, place: Place) {
    const inRows = compiled.rowPaths.map(firstOf).filter((name) => isOurs(name, place));
    return {
      bindings: bind([...new Set([...compiled.names, ...inRows])], place),
      reads: readsOf([...compiled.paths, ...inRows], place, problems),
    };
  }

  return {
    outside,
    dictionaries,
    rule: (source, place) =>
      guarded<BoundRule>(
        place,
        source,
        () => {
          const compiled = compileExpression(source, language);
          const { bindings, reads } = link(compiled, place);
          const evaluate = (context: RuleContext) =>
            plain(compiled.evaluate(scopeOf(bindings, context), context.world));
          return { source, reads, inert: false, evaluate };
        },
        { source, reads: [], inert: true, evaluate: () => undefined },
      ),
    template: (text, place) =>
      guarded<BoundTemplate>(
        place,
        text,
        () => {
          const compiled = compileTemplate(text, language);
          const { bindings, reads } = link(compiled, place);
          return {
            reads,
            render: (context: RuleContext) => compiled.render(scopeOf(bindings, context), context.world),
          };
        },
        { reads: [], render: () => text.replace(/\{=[^}]*\}/g, '…') },
      ),
  };
}

/**
 * What each moving field follows: the fields its visible, editable, value and rows rules and its guards read, and its own
 * container. Error, required and options rules move nothing and may read anything.
 */
export function followsOf(fields: readonly FormField[], byPath: ReadonlyMap<string, FormField>): Map<string, string[]> {
  const follows = new Map<string, string[]>();
  const visit = (field: FormField, parent: FormField | undefined) => {
    const rules = [field.rules.visible, field.rules.editable, field.rules.value, field.rules.rows, ...field.guards];
    const paths = new Set<string>(parent ? [parent.path] : []);
    for (const rule of rules) {
      for (const path of rule?.reads ?? []) for (const one of withDescendants(byPath.get(path))) paths.add(one);
    }
    follows.set(field.path, [...paths]);
    for (const child of field.fields) visit(child, field);
  };
  for (const field of fields) visit(field, undefined);
  return follows;
}

/** One problem per circle found, naming its members. */
export function findCircles(follows: ReadonlyMap<string, readonly string[]>): Problem[] {
  const problems: Problem[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (path: string) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      const circle = [...trail.slice(trail.indexOf(path)), path];
      problems.push({
        severity: 'error',
        rule: 'circle',
        element: path,
        message: `规则互相依赖，算不出结果：${circle.join(' → ')}。请去掉其中一处引用`,
      });
      return;
    }
    state.set(path, 'open');
    trail.push(path);
    for (const next of follows.get(path) ?? []) visit(next);
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of follows.keys()) visit(path);
  return problems;
}

/** FEEL values as JSON: dates become ISO text, null becomes undefined at the top. */
export function plain(value: unknown): unknown {
  return value === null || value === undefined ? undefined : jsonOf(value);
}

/** FEEL functions of every form; they ask the lookups in `world`. */
export const FORM_FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
  /** dictionary("D-01") -> list of its active entries {code, label, …} */
  dictionary: {
    params: [1, 1],
    signatures: ['dictionary(key: dictionary key) -> list<context<code: string, label: string, ...>>'],
    call: ([key], world) => (entriesOf(world, key) ?? []).filter((entry) => entry.active) as unknown as Value,
  },
  /** dictionary label("D-01", code or list of codes) -> label, labels joined by 、 */
  'dictionary label': {
    params: [2, 2],
    signatures: ['dictionary label(key: dictionary key, codes: list<string>) -> string'],
    call: ([key, codes], world) => {
      const entries = entriesOf(world, key);
      return labelled(codes, (code) => entries?.find((entry) => entry.code === code)?.label);
    },
  },
  'person name': {
    params: [1, 1],
    signatures: ['person name(ids: list<person>) -> string'],
    call: ([ids], world) => labelled(ids, (id) => nameIn(lookups(world), 'person', id)),
  },
  'unit name': {
    params: [1, 1],
    signatures: ['unit name(ids: list<unit>) -> string'],
    call: ([ids], world) => labelled(ids, (id) => nameIn(lookups(world), 'unit', id)),
  },
};

/** The name of a person or unit, from whatever this side knows. */
export function nameIn(known: Lookups | undefined, kind: 'person' | 'unit', id: string): string | undefined {
  return known?.[kind]?.(id)?.name ?? known?.name?.(kind, id);
}

// ---------------------------------------------------------------------------------------------------------------------

const SYSTEM = -1;
const ROW = -2;

interface Binding {
  name: string;
  /** index of the container, or SYSTEM, or ROW */
  level: number;
}

function scopeOf(bindings: readonly Binding[], context: RuleContext): Record<string, unknown> {
  const scope: Record<string, unknown> = Object.create(null);
  for (const { name, level } of bindings) {
    if (level >= 0) scope[name] = context.read(level, name) ?? null;
    else if (level === ROW) scope[name] = context.row ?? null;
    else scope[name] = Object.hasOwn(context.system, name) ? (context.system[name] ?? null) : null;
  }
  return scope;
}

const firstOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** Names inside a filter are columns of its rows unless the form or the case has them. */
const isOurs = (name: string, place: Place): boolean =>
  place.containers.some((container) => container.has(name)) || (SYSTEM_NAMES as readonly string[]).includes(name);

/** Field paths behind dotted FEEL paths; a bare name means the whole field, a longer path the part it names. */
function readsOf(paths: readonly string[], place: Place, problems: Problem[]): string[] {
  const reads = new Set<string>();
  for (const path of paths) {
    const [first = '', ...rest] = path.split('.');
    let field = place.containers.findLast((container) => container.has(first))?.get(first);
    if (!field) continue;
    for (const segment of rest) {
      if (field.kind === 'leaf') break;
      const child: FormField | undefined = field.fields.find((one) => one.key === segment);
      if (!child) {
        problems.push({
          severity: 'error',
          rule: 'unknown-name',
          element: place.element,
          message: `规则里的「${path}」不存在：「${field.path}」下没有「${segment}」`,
          wrong: { name: path },
        });
        break;
      }
      field = child;
    }
    reads.add(field.path);
  }
  return [...reads];
}

function withDescendants(field: FormField | undefined): string[] {
  return field ? [field.path, ...field.fields.flatMap(withDescendants)] : [];
}

function lookups(world: unknown): Lookups | undefined {
  return (world as { lookups?: Lookups } | undefined)?.lookups;
}

function entriesOf(world: unknown, key: Value | undefined) {
  return typeof key === 'string' ? lookups(world)?.dictionary?.(key) : undefined;
}

function labelled(codes: Value | undefined, label: (code: string) => string | undefined): Value {
  const list = Array.isArray(codes) ? codes : codes === null || codes === undefined ? [] : [codes];
  return list.length === 0 ? null : list.map((code) => label(String(code)) ?? String(code)).join('、');
}
