/**
 * Owns what becomes of the settings of other engines on every element: each attribute and extension element is looked up in the tables and turned or
 * left; none stays, so that none is dropped without a word. Rules: [FOR2] [FOR3].
 */
import { SETTINGS, type SettingsName } from '../lint/descriptors.ts';
import { ACTS, type Acting } from './acts.ts';
import { assign, callEach, type SaidOf } from './people.ts';
import { type Names, OURS, type Rule, ruleFor } from './tables.ts';
import { childOf, everyTag, isA, isNode, remove, settings, type Tag, take, written } from './tag.ts';
import type { Report } from './told.ts';
import { type Facts, itemsOf } from './values.ts';

export function turnSettings(root: Tag, roles: Facts['roles'], report: Report): void {
  const facts: Facts = { starters: new Set(['INITIATOR', 'initiator', ...startersIn(root)]), roles };
  for (const at of [...everyTag(root)]) {
    if (!at.name.startsWith('bpmn:') || isInside(at)) continue;
    const said: SaidOf = new Map();
    for (const one of settingsOn(at)) turn(one, { at: ownerOf(at), report, facts, said });
    for (const one of performersOf(at)) say(at, one, one, said, report);
    const own = ownerOf(at);
    if (own === at && isA(at, 'userTask')) assign(at, withLoop(at, said, report, facts), facts, report);
    else if (own === at && isNode(at)) callEach(at, withLoop(at, said, report, facts), report);
  }
}

/** Variables in which the file keeps who started. */
const startersIn = (root: Tag): string[] =>
  [...everyTag(root)].flatMap(({ attributes }) =>
    [...attributes].flatMap(([name, value]) => (/^(?!bpmn)\w+:initiator$/.test(name) ? [value] : [])),
  );

/** The mark of repetition says things of the activity that bears it; it is read with it. */
const isInside = (at: Tag): boolean =>
  at.name === 'bpmn:multiInstanceLoopCharacteristics' || at.name === 'bpmn:extensionElements';

function withLoop(at: Tag, said: SaidOf, report: Report, facts: Facts): SaidOf {
  const loop = childOf(at, 'bpmn:multiInstanceLoopCharacteristics');
  for (const one of loop ? settingsOn(loop) : []) turn(one, { at, report, facts, said });
  return said;
}

/** Settings of an event’s definition or of a condition are the event’s and the line’s. */
function ownerOf(at: Tag): Tag {
  const { parent } = at;
  const isPart = /EventDefinition$|Expression$|^bpmn:(time|loop|completion|io|data(In|Out)put)/.test(at.name);
  return isPart && parent ? ownerOf(parent) : at;
}

/** One setting as the file has it. */
interface Foreign {
  readonly prefix: string;
  /** as the tables have it: `assignee`, `taskSchedule@dueDate` */
  readonly path: string;
  readonly value: string;
  /** an extension element as a whole */
  readonly tag?: Tag;
}

/** What BPMN itself has for it: `user(kermit), group(management)`. */
function performersOf(at: Tag): (Names & One)[] {
  const performers = at.children.filter(({ name }) => PERFORMERS.includes(name) && isA(at, 'userTask'));
  return performers.flatMap((performer) => {
    const setting = performer.name.replace('bpmn:', '');
    const text = [...everyTag(performer)].map((one) => one.text).join('');
    const parts = itemsOf(text).map((item) => /^(user|group)\((.*)\)$/.exec(item) ?? [item, 'group', item]);
    const named = (kind: string): string => parts.flatMap(([, of, name = '']) => (of === kind ? [name] : [])).join(',');
    remove(performer);
    if (setting !== 'potentialOwner') return [{ people: 'assignee', setting, value: text }];
    const found: (Names & One)[] = [
      { people: 'users', setting, value: named('user') },
      { people: 'groups', setting, value: named('group') },
    ];
    return found.filter(({ value }) => value !== '');
  });
}

const PERFORMERS = ['bpmn:potentialOwner', 'bpmn:humanPerformer', 'bpmn:performer'];

/** All foreign settings of an element, which are not there afterwards. */
function settingsOn(at: Tag): Foreign[] {
  const found: Foreign[] = [];
  for (const name of [...at.attributes.keys()]) {
    const [prefix = '', path = ''] = name.includes(':') ? name.split(':') : [];
    if (path !== '' && !OURS.includes(prefix)) found.push({ prefix, path, value: take(at, name) ?? '' });
  }
  const extension = childOf(at, 'bpmn:extensionElements');
  const foreign = [...(extension?.children ?? []), ...at.children].filter((child) => !OURS.includes(prefixOf(child)));
  for (const child of foreign) {
    found.push(...settingsIn(child));
    remove(child);
  }
  return found;
}

const prefixOf = ({ name }: Tag): string => name.slice(0, Math.max(0, name.indexOf(':')));

/** An element that the tables know as a whole, or its attributes one by one and what is in it. */
function settingsIn(tag: Tag): Foreign[] {
  const prefix = prefixOf(tag);
  const path = tag.name.slice(tag.name.indexOf(':') + 1);
  const attributes = [...tag.attributes].map(([name, value]) => ({ prefix, path: `${path}@${name}`, value }));
  const byParts = attributes.some((one) => ruleFor(prefix, one.path)) && !ruleFor(prefix, path);
  if (byParts && tag.children.length === 0 && tag.text === '') return attributes;
  const isPlain = tag.attributes.size === 0 && tag.children.length === 0;
  return [{ prefix, path, value: isPlain ? tag.text : written(tag), tag }];
}

interface Turning {
  readonly at: Tag;
  readonly report: Report;
  readonly facts: Facts;
  readonly said: SaidOf;
}

function turn({ prefix, path, value, tag }: Foreign, { at, report, facts, said }: Turning): void {
  const setting = `${prefix}:${path}`;
  const rule = ruleFor(prefix, path);
  const one = { setting, value };
  if (!rule) report.leave(at, EDITOR.test(prefix) ? 'editor' : 'unknown', one);
  else if ('left' in rule) report.leave(at, rule.left, one);
  else if ('people' in rule) say(at, rule, one, said, report);
  else if ('act' in rule) ACTS[rule.act]({ at, report, facts, tag, ...one } satisfies Acting);
  else write(at, rule, one, facts, report);
}

/** Drawing tools that keep their own marks in a file. */
const EDITOR = /^(signavio|modeler|trisotech|triso|drools|aris|xsd|i18n|tns|yaoqiang|bpsim|omgdc|omgdi)/;

type One = { setting: string; value: string };

function say(at: Tag, { people }: Names, one: One, said: SaidOf, report: Report): void {
  if (one.value.trim() === '') report.leave(at, 'no-equivalent', one);
  else if (said.has(people)) report.leave(at, 'unknown', one);
  else said.set(people, one);
}

/** An attribute of ours, where the table of our settings allows it on such an element. */
function write(at: Tag, rule: Extract<Rule, { into: unknown }>, one: One, facts: Facts, report: Report): void {
  const [element = '', attribute = ''] = rule.into.split('.');
  const start = element === 'Task' && isA(at, 'startEvent') && attribute === 'form' ? 'Start' : element;
  const { on = [] } = SETTINGS[start as SettingsName] as { on?: readonly string[] };
  const isAllowed = on.some((type) => type.toLowerCase() === at.name.toLowerCase());
  const feel = isAllowed ? rule.read(one.value.trim(), facts) : undefined;
  if (feel === undefined) {
    report.leave(at, isAllowed ? rule.else : 'no-equivalent', one);
    return;
  }
  settings(at, start.toLowerCase()).attributes.set(attribute, feel);
  report.turned(at, start === 'Start' ? 'Start.form' : rule.into, feel, one);
  if (rule.map) report.leave(at, rule.map, { ...one, hint: one.value });
}
