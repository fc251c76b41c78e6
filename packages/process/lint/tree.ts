/**
 * Owns reading a moddle tree: the few accessors that lint rules and the compiler share, and the walker that runs rules.
 * Works on what bpmn-moddle parsed and on what the designer is editing alike. Free of node and of the engine, because the
 * designer loads this folder into the browser.
 */
import type { Problem } from '@ganwei/core/definition';

/** An element of bpmn-moddle, as far as we look at it. */
export interface Element {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly $parent?: Element;
  readonly $descriptor?: {
    isGeneric?: boolean;
    properties?: readonly { name: string; isAttr?: boolean; isReference?: boolean }[];
  };
  readonly $instanceOf?: (type: string) => boolean;
  readonly id?: string;
  readonly [member: string]: unknown;
}

export interface Reporter {
  report(id: string, message: string, path?: readonly string[]): void;
}

/** The shape bpmnlint expects of a rule; the designer hands the same factories to its linter. */
export type RuleFactory = () => { check(node: Element, reporter: Reporter): void };

export const isA = (element: Element | undefined, type: string): boolean => element?.$instanceOf?.(type) ?? false;

/** A text member (attribute), trimmed; absent or blank: undefined. */
export function textOf(element: Element | undefined, member: string): string | undefined {
  const value = element?.[member];
  const text = value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim();
  return text === '' ? undefined : text;
}

export const elementOf = (element: Element | undefined, member: string): Element | undefined => {
  const value = element?.[member];
  return typeof value === 'object' && value !== null && '$type' in value ? (value as Element) : undefined;
};

export const listOf = (element: Element | undefined, member: string): readonly Element[] => {
  const value = element?.[member];
  return Array.isArray(value) ? (value as Element[]) : [];
};

/** FEEL source without the leading `=` that other tools write. */
export const feelOf = (element: Element | undefined, member: string): string | undefined => {
  const text = textOf(element, member);
  return text === undefined ? undefined : bare(text);
};

export const bare = (text: string): string => text.trim().replace(/^=\s*/, '');

/** Names separated by commas (or Chinese ones), in order. */
export const namesOf = (element: Element | undefined, member: string): string[] =>
  namesIn(textOf(element, member) ?? '');

export const namesIn = (text: string): string[] => text.split(/[,,、\s]+/).filter((name) => name !== '');

/** The `ganwei:` settings element of a kind on a BPMN element. */
export const settingsOf = (element: Element, type: string): Element | undefined =>
  listOf(elementOf(element, 'extensionElements'), 'values').find((value) => value.$type === `ganwei:${type}`);

/** The only event definition of an event (a lint rule refuses more). */
export const eventOf = (element: Element): Element | undefined => listOf(element, 'eventDefinitions')[0];

/** The element whose `body` is the condition of a flow. */
export const conditionHolder = (flow: Element): Element | undefined => elementOf(flow, 'conditionExpression');

export const nameOf = (element: Element): string => textOf(element, 'name') ?? String(element.id ?? element.$type);

/** Id of the BPMN element on the canvas that a finding about this element (a setting, an event definition …) belongs to. */
export function ownerOf(element: Element): string {
  let at: Element | undefined = element;
  while (at && !(at.id !== undefined && ON_CANVAS.some((type) => isA(at, type)))) at = at.$parent;
  return at?.id ?? element.id ?? element.$type;
}

const ON_CANVAS = ['bpmn:FlowElement', 'bpmn:Process', 'bpmn:Participant', 'bpmn:Artifact', 'bpmn:Lane'];

/** Every element of the tree, parents first. References are not followed, and the drawing is left out: rules are about what it means. */
export function* everyElement(element: Element): Generator<Element> {
  yield element;
  for (const member of membersOf(element)) {
    const value = element[member] as Element | readonly Element[] | undefined;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child?.$type === 'string') yield* everyElement(child);
  }
}

/** Members that hold elements; elements of one type share their descriptor. */
function membersOf({ $descriptor }: Element): readonly string[] {
  if (!$descriptor) return [];
  const known = members.get($descriptor);
  if (known) return known;
  const held = ($descriptor.properties ?? []).filter(
    ({ name, isAttr, isReference }) => !isAttr && !isReference && name !== 'bpmn:diagrams',
  );
  const found = held.map(({ name }) => name.slice(name.indexOf(':') + 1));
  members.set($descriptor, found);
  return found;
}

const members = new WeakMap<object, readonly string[]>();

/** Runs rules over a tree; every finding is an error. */
export function runRules(root: Element, rules: Readonly<Record<string, RuleFactory>>): Problem[] {
  const problems: Problem[] = [];
  const checks = Object.entries(rules).map(([rule, factory]) => ({
    ...factory(),
    reporter: {
      report: (element: string, message: string): void => {
        problems.push({ severity: 'error', rule, element, message });
      },
    },
  }));
  for (const element of everyElement(root)) for (const { check, reporter } of checks) check(element, reporter);
  return problems;
}
