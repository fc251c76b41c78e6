/**
 * Owns who does a step and how several sign it: assignee, candidates, collections of multi-instance tasks, completion conditions and the strategies of
 * yudao are put together into assignees, further candidates and a signing mode. Rules: [FOR32] [FOR33].
 */

import { feelOf, isBareName } from './juel.ts';
import { SIGN_OF, STRATEGIES } from './strategies.ts';
import type { Names } from './tables.ts';
import { childOf, isA, remove, settings, type Tag, take, written } from './tag.ts';
import type { Into, Report } from './told.ts';
import { type Facts, holdersOf, joined, literalsIn, peopleOf, unmappedIn } from './values.ts';

/** One setting as the file has it. */
export interface Said {
  readonly setting: string;
  readonly value: string;
}
export type SaidOf = Map<Names['people'], Said>;

export function assign(task: Tag, said: SaidOf, facts: Facts, report: Report): void {
  const strategic = said.has('strategy');
  if (strategic) for (const kind of ['collection', 'variable', 'assignee'] as const) giveUp(task, said, kind, report);
  const several = severalOf(task, said, facts, report);
  const read = (kind: 'assignee' | 'users' | 'groups'): string | undefined => {
    const one = said.get(kind);
    if (!one) return undefined;
    const isItem = several !== undefined && nameIn(one.value) !== '' && nameIn(one.value) === several.variable;
    const feel = isItem ? several.people : kind === 'groups' ? holdersOf(one.value, facts) : peopleOf(one.value, facts);
    if (feel === undefined) report.leave(task, 'expression', one);
    return feel;
  };
  const assignee = read('assignee') ?? byStrategy(task, said, facts, report) ?? undefined;
  const others = (['users', 'groups'] as const).map(read);
  write(
    task,
    said,
    { assignee: assignee ?? (others.some(Boolean) ? undefined : several?.people), others },
    facts,
    report,
  );
  signing(task, said, several, report);
}

/** The engine’s own mechanism behind a setting that says the same. */
function giveUp(task: Tag, said: SaidOf, kind: Names['people'], report: Report): void {
  const one = said.get(kind);
  if (one) report.leave(task, 'engine', one);
  said.delete(kind);
}

const nameIn = (value: string): string => /^(?:[$#]\{|=)\s*([\w.]+)\s*\}?$/.exec(value.trim())?.[1] ?? '';

interface Found {
  assignee: string | undefined;
  others: readonly (string | undefined)[];
}

/** With an assignee, candidates are those to whom it may be handed over. */
function write(task: Tag, said: SaidOf, { assignee, others }: Found, facts: Facts, report: Report): void {
  const own = settings(task, 'task');
  const [users, groups] = others;
  const rest = others.filter((feel) => feel !== undefined) as string[];
  const put = (name: 'assignees' | 'candidates', feel: string): void => {
    if (!own.attributes.has(name)) own.attributes.set(name, feel);
  };
  if (assignee !== undefined) put('assignees', assignee);
  if (rest.length > 0) put(assignee === undefined ? 'assignees' : 'candidates', joined(rest));
  const into: Into = assignee === undefined ? 'Task.assignees' : 'Task.candidates';
  tell(task, said.get('assignee'), 'Task.assignees', assignee, report);
  tell(task, said.get('users'), into, users, report);
  tell(task, said.get('groups'), into, groups, report, facts);
  if (!own.attributes.has('assignees')) report.leave(task, 'nobody');
}

/** Names of people are to be mapped; those of groups, of which `groups` has the facts, where they are not. */
function tell(
  task: Tag,
  one: Said | undefined,
  into: Into,
  feel: string | undefined,
  report: Report,
  groups?: Facts,
): void {
  if (!one || feel === undefined) return;
  report.turned(task, into, feel, one);
  for (const name of groups ? unmappedIn(one.value, groups) : literalsIn(one.value))
    report.leave(task, groups ? 'role-to-map' : 'person-to-map', { ...one, hint: name });
}

/** What yudao calls its strategies. */
function byStrategy(task: Tag, said: SaidOf, facts: Facts, report: Report): string | undefined {
  const strategy = said.get('strategy');
  const parameter = said.get('parameter');
  if (!strategy) {
    if (parameter) report.leave(task, 'unknown', parameter);
    return undefined;
  }
  const known = STRATEGIES[strategy.value];
  const feel = known?.read(parameter?.value ?? '', facts);
  for (const one of [strategy, parameter]) {
    if (!one) continue;
    if (feel === undefined) report.leave(task, known?.else ?? 'unknown', one);
    else report.turned(task, 'Task.assignees', feel, one);
  }
  if (feel === undefined || !known?.map) return feel;
  const { value } = parameter ?? { value: '' };
  for (const name of known.map === 'role-to-map' ? unmappedIn(value, facts) : [value])
    report.leave(task, known.map, { ...(parameter ?? strategy), hint: name });
  return feel;
}

interface Several {
  readonly loop: Tag;
  /** the list of people, where it is told */
  readonly people: string | undefined;
  /** under which name each of them is there */
  readonly variable: string;
}

/** The multi-instance mark of a user task, which is not there afterwards. */
function severalOf(task: Tag, said: SaidOf, facts: Facts, report: Report): Several | undefined {
  const loop = childOf(task, 'bpmn:multiInstanceLoopCharacteristics');
  if (!loop) return undefined;
  const data = childOf(loop, 'bpmn:loopDataInputRef');
  const collection = said.get('collection') ?? (data && { setting: 'loopDataInputRef', value: data.text });
  const people = collection && (isBareName(collection.value) ? collection.value : peopleOf(collection.value, facts));
  if (collection && people !== undefined) report.turned(task, 'Task.assignees', people, collection);
  else if (collection) report.leave(task, 'expression', collection);
  const item = childOf(loop, 'bpmn:inputDataItem');
  const variable = said.get('variable')?.value ?? item?.attributes.get('name') ?? '';
  const named = said.get('variable') ?? { setting: 'inputDataItem', value: variable };
  if (variable !== '') report.turned(task, 'Task.assignees', people ?? '', named);
  for (const gone of [data, item]) if (gone) remove(gone);
  remove(loop);
  return { loop, people, variable };
}

/** [FOR33] How the people of one task act together. */
function signing(task: Tag, said: SaidOf, several: Several | undefined, report: Report): void {
  const own = settings(task, 'task');
  const method = said.get('method');
  const ratio = said.get('ratio');
  const mode = (method && SIGN_OF[method.value]) ?? (several && modeOf(several.loop));
  if (method && !SIGN_OF[method.value]) report.leave(task, 'unknown', method);
  if (several) cardinality(task, several, report);
  const how = several && { setting: 'multiInstanceLoopCharacteristics', value: written(several.loop) };
  if (mode === undefined) {
    if (ratio) report.leave(task, 'no-equivalent', ratio);
    if (how) report.leave(task, 'completion', how);
    return;
  }
  if (!own.attributes.has('mode')) own.attributes.set('mode', mode);
  for (const one of [method, how]) if (one) report.turned(task, 'Task.mode', mode, one);
  const share = mode === 'vote' ? (shareIn(ratio?.value) ?? (several && shareOf(several.loop)) ?? '1') : undefined;
  if (share !== undefined) own.attributes.set('threshold', share);
  if (ratio) report.turned(task, 'Task.threshold', share ?? '', ratio);
}

/** How many there are follows from who they are. */
function cardinality(task: Tag, { loop }: Several, report: Report): void {
  const count = childOf(loop, 'bpmn:loopCardinality');
  if (count) report.leave(task, 'cardinality', { setting: 'loopCardinality', value: count.text });
}

function modeOf(loop: Tag): 'all' | 'sequence' | 'any' | 'vote' | undefined {
  const condition = conditionOf(loop);
  if (condition !== '' && ANY.test(condition)) return 'any';
  if (take(loop, 'isSequential') === 'true') return condition === '' || ALL.test(condition) ? 'sequence' : undefined;
  if (condition === '' || ALL.test(condition)) return 'all';
  return shareOf(loop) === undefined ? undefined : 'vote';
}

const conditionOf = (loop: Tag): string =>
  (childOf(loop, 'bpmn:completionCondition')?.text ?? '').replace(/^[$#]\{|\}$|^=/g, '').replace(/\s+/g, '');

const ANY = /^nrOfCompletedInstances(>=1|>0|==1)$|^numberOfCompletedInstances(>=1|>0|=1)$/;
const ALL = /^nrOfCompletedInstances(==|>=)nrOfInstances$|^numberOfCompletedInstances(=|>=)numberOfInstances$/;
const SHARE = /^\(?(?:nrOf|numberOf)CompletedInstances\/(?:nrOf|numberOf)Instances\)?(?:>=|>|==)(\d*\.?\d+)$/;

const shareOf = (loop: Tag): string | undefined => shareIn(SHARE.exec(conditionOf(loop))?.[1]);

/** 60 and 0.6 are the same. */
function shareIn(value: string | undefined): string | undefined {
  const share = Number(value ?? Number.NaN);
  return share > 0 && share <= 100 ? String(share > 1 ? share / 100 : share) : undefined;
}

/** A call with a list is made for each of it. */
export function callEach(call: Tag, said: SaidOf, report: Report): void {
  const loop = childOf(call, 'bpmn:multiInstanceLoopCharacteristics');
  const collection = said.get('collection');
  const data = loop && childOf(loop, 'bpmn:loopDataInputRef');
  const value = collection?.value ?? data?.text ?? '';
  const feel = isBareName(value) ? value : feelOf(value);
  const how = loop && { setting: 'multiInstanceLoopCharacteristics', value: written(loop) };
  if (!loop || !how || !isA(call, 'callActivity') || feel === undefined) {
    for (const one of said.values()) report.leave(call, 'multi-instance', one);
    if (how) report.leave(call, 'multi-instance', how);
    if (loop) loop.children = [];
    return;
  }
  const own = settings(call, 'call').attributes;
  own.set('each', feel);
  const variable = said.get('variable')?.value ?? childOf(loop, 'bpmn:inputDataItem')?.attributes.get('name') ?? '';
  if (variable !== '') own.set('values', itemIn(own.get('values') ?? `{ ${variable}: item }`, variable));
  report.turned(call, 'Call.each', feel, how);
  for (const one of said.values()) report.turned(call, 'Call.each', feel, one);
  remove(loop);
}

/** Each of the list is called `item` in what a call is given. */
const itemIn = (values: string, variable: string): string =>
  values.replaceAll(new RegExp(`: ${variable}(?=[,. ])`, 'g'), ': item');
