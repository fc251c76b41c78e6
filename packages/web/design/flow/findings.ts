/**
 * Owns what a page does with findings: which control one is about, and what would mend it with one click - the nearest right name, a default branch.
 * Findings themselves are made in packages/release. Rules: [DES30] [DES31].
 */
import { proposedIn } from '@ganwei/feel/nearest';
import { descriptorOf } from '@ganwei/process/lint/descriptors';
import { conditionHolder, elementOf, eventOf, isA, listOf, textOf } from '@ganwei/process/lint/tree';
import type { Found } from '../check/told.ts';
import type { Change, Moddle } from './moddle.ts';

/** Is the finding about this attribute, which holds this text? */
export function concerns({ message }: Found, label: string, attribute: string, value: string): boolean {
  const named =
    message.includes(` ${attribute} `) ||
    message.includes(`${label} ${attribute}`) ||
    message.startsWith(`${label}「`) ||
    message.includes(`」${label}「`) ||
    message.includes(`的${label}「`);
  const text = value.replace(/\s+/g, ' ').trim();
  return named && (text === '' || message.includes(text.slice(0, 58)) || message.includes('「'.concat(text)));
}

/** What one click would do. */
export interface Mend {
  readonly what: 'name' | 'default';
  /** the name it becomes, or the branch that becomes the default */
  readonly to: string;
  readonly changes: readonly Change[];
  /** ids of what is drawn anew */
  readonly elements: readonly string[];
}

/** undefined: a person must look. */
export function mendOf(finding: Found, node: Moddle): Mend | undefined {
  const proposed = proposedIn(finding.message);
  if (proposed) return nameMend(node, proposed.wrong, proposed.right);
  return finding.rule === 'gateway-conditions' && isA(node, 'bpmn:Gateway') ? defaultMend(node) : undefined;
}

function nameMend(node: Moddle, wrong: string, right: string): Mend | undefined {
  const changes: Change[] = [];
  for (const { of, name } of textsOf(node)) {
    const text = String(of.get(name) ?? '');
    const mended = replaced(text, wrong, right);
    if (mended !== text) changes.push({ of, values: { [name]: mended } });
  }
  return changes.length === 0 ? undefined : { what: 'name', to: right, changes, elements: [String(node.id)] };
}

/** Whole names only: `amount` is not in `amounts`. */
function replaced(text: string, wrong: string, right: string): string {
  const spelt = wrong.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_-])${spelt}(?![\\p{L}\\p{N}_-])`, 'gu'), () => right);
}

/** The one branch without a condition; which of several it should be, only its author knows. */
function defaultMend(node: Moddle): Mend | undefined {
  const open = listOf(node, 'outgoing').filter((flow) => textOf(conditionHolder(flow), 'body') === undefined);
  const [flow] = open;
  if (!flow || open.length !== 1) return undefined;
  return {
    what: 'default',
    to: textOf(flow, 'name') ?? textOf(elementOf(flow, 'targetRef'), 'name') ?? String(flow.id),
    changes: [{ of: node, values: { default: flow } }],
    elements: [String(node.id), String(flow.id)],
  };
}

interface Holder {
  readonly of: Moddle;
  readonly name: string;
}

/** Every text of an element that may hold a name: its settings with all that is in them, its condition, its time. */
function textsOf(node: Moddle): Holder[] {
  const settings = listOf(elementOf(node, 'extensionElements'), 'values') as readonly Moddle[];
  const event = eventOf(node);
  const expressions = [
    conditionHolder(node),
    ...['timeDate', 'timeDuration', 'timeCycle'].map((name) => elementOf(event, name)),
  ];
  return [
    ...settings.flatMap(textsIn),
    ...expressions.flatMap((one) => (one ? [{ of: one as Moddle, name: 'body' }] : [])),
  ];
}

function textsIn(settings: Moddle): Holder[] {
  const { attributes = {}, lists = {} } = descriptorOf(settings.$type) ?? {};
  const own = Object.entries(attributes)
    .filter(([, { kind }]) => ['feel', 'template', 'key', 'names'].includes(kind) || settings.$type === 'ganwei:Access')
    .map(([name]) => ({ of: settings, name }));
  const inner = Object.keys(lists).flatMap((list) => (listOf(settings, list) as readonly Moddle[]).flatMap(textsIn));
  return [...own, ...inner];
}
