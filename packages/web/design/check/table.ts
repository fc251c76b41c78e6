/**
 * Owns what a decision table is in its release: the types of its columns where flows ask it, the values it needs, what it leaves open, and what it
 * decides of values that somebody tries. It decides with the code that decides cases; only functions of the server are not run. Rules: [DTB11] [DTB30].
 */
import { makeCalendar } from '@ganwei/calendar/calendar';
import { DecisionError, type Step } from '@ganwei/decision/evaluate';
import { holesIn } from '@ganwei/decision/holes';
import type { Decision } from '@ganwei/decision/load';
import { compileExpression, FeelError, type Language } from '@ganwei/feel/compile';
import { inferExpression } from '@ganwei/feel/infer/infer';
import type { Type } from '@ganwei/feel/type';
import { print, type Value } from '@ganwei/feel/values';
import type { Release } from '@ganwei/release/release';
import { decisionScope, outputType, stepScopes } from '@ganwei/release/scope/decisions';
import { scopeOf } from '@ganwei/release/scope/known';
import { serviceAt, usesOf } from '@ganwei/release/scope/uses';
import { kindOf, valuesOf } from './names.ts';
import type { Given, Outcome, TriedTable, Trying, Typed } from './told.ts';

/** undefined: there is no such table, or it cannot be read. */
export function triedTable(view: Release, { table, given }: Trying): TriedTable | undefined {
  const decision = view.has('decision', table) ? view.compiled('decision', table) : undefined;
  if (!decision) return undefined;
  const types = typesOf(view, table, decision);
  const givens = givensOf(decision, types);
  return { types, givens, holes: holesIn(decision), outcome: given && outcomeOf(view, decision, givens, given) };
}

const typed = (type: Type): Typed => ({ kind: kindOf(type), values: valuesOf(type) });

/** By the first flow that knows more of a column than its table declares. */
function typesOf(view: Release, table: string, decision: Decision): TriedTable['types'] {
  const scopes = usesOf(view, 'decision key', table).flatMap((place) => {
    const [scope, service] = [scopeOf(view, place.process), serviceAt(view, place)];
    if (!scope || !service) return [];
    const { environment } = decisionScope(view, service, scope.at(place.node));
    return [new Map(stepScopes(view, decision, environment).map(({ step, environment: at }) => [step.id, at]))];
  });
  const ofInput = (step: Step, source: string, declared: Type): Typed => {
    const known = scopes.flatMap((scope) => {
      const at = scope.get(step.id);
      return at ? [inferExpression(source, view.language, at).type] : [];
    });
    const best = known.find((type) => valuesOf(type).length > 0) ?? declared;
    return typed(best.kind === 'any' ? (known[0] ?? best) : best);
  };
  return Object.fromEntries(
    decision.steps.flatMap((step) => {
      if (!step.table) return [];
      const inputs = step.table.inputs.map((column) => ofInput(step, column.value.source, column.type.type));
      return [[step.id, [...inputs, ...step.table.outputs.map((column) => typed(outputType(column)))]] as const];
    }),
  );
}

// ---- trying ----------------------------------------------------------------------------------------------------------

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const rootOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** What the columns ask for by its path, and what else the decision needs as a whole. */
function givensOf(decision: Decision, types: TriedTable['types']): Given[] {
  const needed = new Set([...decision.requires, ...decision.mayRequire]);
  const asked = new Map<string, Given>();
  for (const { id, table } of decision.steps)
    for (const [index, { expression, label }] of (table?.inputs ?? []).entries())
      if (PATH.test(expression) && needed.has(rootOf(expression)) && !asked.has(expression))
        asked.set(expression, { path: expression, label, ...(types[id]?.[index] ?? { kind: 'any', values: [] }) });
  const roots = new Set([...asked.keys()].map(rootOf));
  const others = [...decision.requires].filter((name) => !roots.has(name));
  const declared = new Map(decision.steps.flatMap(({ givens }) => givens.map(({ name, type }) => [name, type.type])));
  return [
    ...asked.values(),
    ...others.map((name) => ({ path: name, label: name, ...typed(declared.get(name) ?? { kind: 'any' }) })),
  ];
}

function outcomeOf(
  view: Release,
  decision: Decision,
  givens: readonly Given[],
  texts: Readonly<Record<string, string>>,
): Outcome {
  try {
    const scope: Record<string, unknown> = {};
    for (const { path, label } of givens) put(scope, path, givenValue(texts[path] ?? '', label, view.language));
    const { matched, inputs, result } = decision.evaluate(scope, worldOf(view));
    return {
      matched,
      inputs: Object.entries(inputs).map(([label, value]) => [label, shown(value)]),
      result: shown(result),
    };
  } catch (error) {
    if (error instanceof DecisionError) return { failed: error.message, rules: error.rules };
    if (error instanceof FeelError) return { failed: error.message, rules: [] };
    throw error;
  }
}

const shown = (value: Value): string => (value === null ? '' : print(value));

/** Nothing written is no value. */
function givenValue(text: string, label: string, language: Language): unknown {
  if (text.trim() === '') return null;
  try {
    return compileExpression(text, language).evaluate({});
  } catch (error) {
    if (error instanceof FeelError) throw new FeelError(`「${label}」：${error.message}`, text);
    throw error;
  }
}

function put(scope: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let around = scope;
  for (const name of names) {
    const inner = Object.hasOwn(around, name) ? around[name] : undefined;
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
    around[name] = next;
    around = next;
  }
  around[last] = value;
}

const worldOf = (view: Release): unknown => ({
  calendar: makeCalendar(view.all('calendar').flatMap((key) => view.compiled('calendar', key) ?? [])),
});
