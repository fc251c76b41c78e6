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
    if (kind === 'drop file') return isStory(file) || !others.some(({ source }) => word(renamed).test(source));
    if (kind !== 'field key') return false;
    const own = definitions.find((one) => one.file === file) as Definition;
    if (isSaidWithin(own, renamed) || pathsNaming(own.key, renamed, definitions)) return false;
    const mine = heldUnder.get(own.key) ?? new Set();
    const meant = (root: string | null): boolean => root === null || mine.has(root) || !data.has(root);
    return !others.some((other) =>
      expressionsOf(other).some((source) => mentions(source, renamed, other.kind === 'letter', data).some(meant)),
    );
  };
}

/** A story is named by nothing, and no case asks for it. */
const isStory = (file: string): boolean => file.endsWith('.cases.json');

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
  const decisions = definitions
    .filter(({ kind }) => kind === 'decision')
    .flatMap(({ source }) => [...source.matchAll(/<decision id="([^"]+)"/g)].map(([, id]) => id as string));
  return { heldUnder, data: new Set([...kept, ...decisions, 'case', 'parent', 'actor', 'messages']) };
}

/** Does the form itself say the name: in its rules, its texts, or a setting that names a field? */
const isSaidWithin = (form: Definition, name: string): boolean =>
  expressionsOf(form).some((source) => word(name).test(source)) ||
  (form.source.match(/\{=[^}]*\}/g) ?? []).some((text) => word(name).test(text)) ||
  new RegExp(`[:[,]\\s*"${name}"(?!\\s*:)`).test(form.source);

/** Settings of a process that name fields by path: permissions, hidden fields. */
const pathsNaming = (form: string, field: string, definitions: readonly Definition[]): boolean =>
  definitions.some(
    ({ kind, source }) =>
      kind === 'process' &&
      source.includes(`"${form}"`) &&
      [...source.matchAll(/ (?:path|hide)="([^"]*)"/g)].some(([, paths = '']) => word(field).test(paths)),
  );

/**
 * Where an expression says the name: for a path the name of a case it leads through, or its beginning; null: alone, in a filter or where
 * a letter may have it from the values it is given, or as a text for the functions that take members by text.
 */
function mentions(source: string, name: string, inLetter: boolean, data: ReadonlySet<string>): (string | null)[] {
  if (!word(name).test(source)) return [];
  const found: (string | null)[] = [];
  const byText = /\b(get value|context put|get entries)\b/.test(source);
  const visit = (node: Node, parent: Node | null, filtered: boolean): void => {
    const alone = node.name === 'VariableName' && node.text === name && !isBeginning(node, parent);
    const told = byText && node.name === 'StringLiteral' && node.text.slice(1, -1) === name;
    if ((alone && (filtered || (inLetter && !data.has(name)))) || told) found.push(null);
    if (node.name === 'PathExpression' && node.parts[1]?.text.trim() === name) found.push(ownerOf(node, data));
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

/** The nearest name of a case before the end of a path, else the variable it begins with; null where it begins with anything else. */
function ownerOf(node: Node, data: ReadonlySet<string>): string | null {
  const [first] = node.parts;
  if (!first) return null;
  if (first.name === 'VariableName') return first.text;
  const member = first.name === 'PathExpression' ? (first.parts[1]?.text.trim() ?? '') : '';
  if (data.has(member)) return member;
  return first.name === 'PathExpression' || first.name === 'FilterExpression' ? ownerOf(first, data) : null;
}
