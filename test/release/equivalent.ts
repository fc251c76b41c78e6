/**
 * Owns saying which mutants are no mistake at all: what was renamed or dropped is named nowhere else, so the content means the same. It
 * looks at names alone and knows no types, so that it cannot share a gap with the check it measures: where a name might be meant, it is.
 * The rule in words stands in docs/mutation.md.
 */
import { parserOf } from '@ganwei/feel/compile';
import type { Node } from '@ganwei/feel/syntax';
import type { Definition } from '@ganwei/release/definition';
import { expressionsOf, language, type Mutant } from './mutants.ts';

/** Does the content mean the same with the mutant as without it? Only for renamed fields and dropped files; all else is a mistake. */
export function equivalence(definitions: readonly Definition[]): (mutant: Mutant) => boolean {
  const { heldUnder, data } = namesIn(definitions);
  return ({ kind, file, renamed = '' }) => {
    const others = definitions.filter((one) => one.file !== file);
    if (kind === 'drop file') return !others.some(({ source }) => word(renamed).test(source));
    if (kind !== 'field key') return false;
    const own = definitions.find((one) => one.file === file) as Definition;
    const times = own.source.match(new RegExp(word(renamed), 'g'))?.length ?? 0;
    if (times > 1 || pathsNaming(own.key, renamed, definitions)) return false;
    const mine = heldUnder.get(own.key) ?? new Set();
    const meant = (root: string): boolean => mine.has(root) || !data.has(root);
    return !others.some((other) =>
      expressionsOf(other).some((source) =>
        mentions(source, renamed, data.has(renamed)).some((root) => root === null || meant(root)),
      ),
    );
  };
}

/** The name by itself, not as a part of a longer one. */
const word = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_-])`, 'u');

/** The names under which each form is kept in cases, and those of all forms and tables: a path from one of these means no other form. */
function namesIn(definitions: readonly Definition[]): { heldUnder: Map<string, Set<string>>; data: Set<string> } {
  const heldUnder = new Map<string, Set<string>>();
  const kept = new Set<string>();
  const processes = definitions.filter(({ kind }) => kind === 'process').map(({ source }) => source);
  for (const [element] of processes.flatMap((source) => [...source.matchAll(/<ganwei:(?:task|start)\b[^>]*>/g)])) {
    const form = / form="([^"]+)"/.exec(element)?.[1];
    const as = / as="([^"]+)"/.exec(element)?.[1] ?? form;
    if (form === undefined || as === undefined) continue;
    heldUnder.set(form, (heldUnder.get(form) ?? new Set(['form'])).add(as));
    kept.add(as);
  }
  // What a table answers has the table's columns; what any other expression puts into a case may be a part of any form.
  const outputs = processes.flatMap((source) => [
    ...source.matchAll(/<ganwei:service type="(\w+)"[\s\S]*?<\/ganwei:service>/g),
  ]);
  const written = new Set<string>();
  const decided = new Set<string>();
  for (const [text, type] of outputs) {
    for (const [, name = '', value] of text.matchAll(/<ganwei:output name="([^".]+)[^"]*" value=["']([^"']*)["']/g))
      (type === 'decide' && value === 'result' ? decided : written).add(name);
  }
  const tables = [...decided].filter((name) => !written.has(name));
  const forms = [...kept].filter((name) => !written.has(name));
  return { heldUnder, data: new Set([...tables, ...forms, 'case', 'parent', 'actor', 'messages']) };
}

/** Settings of a process that name fields by path: permissions, hidden fields. */
const pathsNaming = (form: string, field: string, definitions: readonly Definition[]): boolean =>
  definitions.some(
    ({ kind, source }) =>
      kind === 'process' &&
      source.includes(`"${form}"`) &&
      [...source.matchAll(/ (?:path|hide)="([^"]*)"/g)].some(([, paths = '']) => word(field).test(paths)),
  );

/**
 * Where an expression says the name: the variable with which the path to it begins; null: alone, as a text or as a key. `isData`: alone
 * it is a name of every case, and means a field only in a filter.
 */
function mentions(source: string, name: string, isData: boolean): (string | null)[] {
  if (!word(name).test(source)) return [];
  const found: (string | null)[] = [];
  const visit = (node: Node, parent: Node | null, filtered: boolean): void => {
    const alone = node.name === 'VariableName' && node.text === name && !isBeginning(node, parent);
    const told = node.name === 'StringLiteral' && node.text.slice(1, -1) === name;
    if ((alone && (filtered || !isData)) || told) found.push(null);
    if (node.name === 'PathExpression' && node.parts[1]?.text.trim() === name) found.push(rootOf(node));
    for (const child of node.tokens) visit(child, node, filtered || node.name === 'FilterExpression');
  };
  try {
    visit(parserOf(language)(source, 'Expression'), null, false);
  } catch {
    return [null];
  }
  return found;
}

/** `plan` in `plan.items` is a variable of the case, never a field. */
const isBeginning = (node: Node, parent: Node | null): boolean =>
  parent?.name === 'PathExpression' && parent.parts[0] === node;

/** The variable a path begins with, through filters and further members; null where it begins with anything else. */
function rootOf(node: Node): string | null {
  const first = node.parts[0];
  if (!first) return null;
  if (first.name === 'VariableName') return first.text;
  return first.name === 'PathExpression' || first.name === 'FilterExpression' ? rootOf(first) : null;
}
