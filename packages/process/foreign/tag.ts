/**
 * Owns the tree of an XML text while it is turned from another engine's BPMN into ours: tags under the prefixes of the house, whatever
 * the file called them. It is changed in place: what has been turned into something is taken out, so that what is left over shows itself.
 */

export interface Tag {
  /** `bpmn:userTask`, `camunda:formData` */
  name: string;
  /** what the file called it before anything was turned into something else */
  readonly origin: string;
  readonly attributes: Map<string, string>;
  children: Tag[];
  /** the text between its tags, trimmed */
  text: string;
  parent: Tag | undefined;
}

export function tag(name: string, attributes: Readonly<Record<string, string>> = {}, children: Tag[] = []): Tag {
  const made: Tag = {
    name,
    origin: name,
    attributes: new Map(Object.entries(attributes)),
    children,
    text: '',
    parent: undefined,
  };
  for (const child of children) child.parent = made;
  return made;
}

export const idOf = (of: Tag): string => of.attributes.get('id') ?? '';
export const isA = (of: Tag, ...names: readonly string[]): boolean => names.includes(of.name.replace(/^bpmn:/, ''));
export const childrenOf = (of: Tag, name: string): Tag[] => of.children.filter((child) => child.name === name);
export const childOf = (of: Tag, name: string): Tag | undefined => of.children.find((child) => child.name === name);

/** Every tag below it and itself, parents first. What is added or removed meanwhile counts where it has not been passed. */
export function* everyTag(of: Tag): Generator<Tag> {
  yield of;
  for (const child of [...of.children]) yield* everyTag(child);
}

export function append(to: Tag, child: Tag): Tag {
  child.parent = to;
  to.children.push(child);
  return child;
}

export function remove(gone: Tag): void {
  const { parent } = gone;
  if (parent) parent.children = parent.children.filter((child) => child !== gone);
  gone.parent = undefined;
}

/** The value of an attribute, which is not there afterwards. */
export function take(of: Tag, name: string): string | undefined {
  const value = of.attributes.get(name);
  of.attributes.delete(name);
  return value;
}

/** The tag as one line of XML, as a person would look at it. */
export function written({ name, attributes, children, text }: Tag): string {
  const head = [name, ...[...attributes].map(([key, value]) => `${key}="${value}"`)].join(' ');
  const inside = text + children.map(written).join('');
  return inside === '' ? `<${head}/>` : `<${head}>${inside}</${name}>`;
}

const ACTIVITIES = ['userTask', 'serviceTask', 'sendTask', 'businessRuleTask', 'receiveTask', 'scriptTask', 'task'];
const MORE_ACTIVITIES = ['manualTask', 'callActivity', 'subProcess', 'transaction', 'adHocSubProcess'];
const EVENTS = ['startEvent', 'endEvent', 'intermediateThrowEvent', 'intermediateCatchEvent', 'boundaryEvent'];
const GATEWAYS = ['exclusiveGateway', 'inclusiveGateway', 'parallelGateway', 'eventBasedGateway', 'complexGateway'];

export const isActivity = (of: Tag): boolean => isA(of, ...ACTIVITIES, ...MORE_ACTIVITIES);
export const isEvent = (of: Tag): boolean => isA(of, ...EVENTS);
export const isGateway = (of: Tag): boolean => isA(of, ...GATEWAYS);
export const isNode = (of: Tag): boolean => isActivity(of) || isEvent(of) || isGateway(of);
export const isScope = (of: Tag): boolean => isA(of, 'process', 'subProcess', 'transaction', 'adHocSubProcess');

/** The settings element of ours on a tag, made where there is none: `settings(task, 'task')`. */
export function settings(of: Tag, name: string): Tag {
  const holder = childOf(of, 'bpmn:extensionElements') ?? append(of, tag('bpmn:extensionElements'));
  return childOf(holder, `ganwei:${name}`) ?? append(holder, tag(`ganwei:${name}`));
}

/** The only event definition of an event. */
export const definitionOf = (event: Tag): Tag | undefined =>
  event.children.find(({ name }) => name.endsWith('EventDefinition'));

/** Ids of a file; whoever gives one enters it. */
const GIVEN = new WeakMap<Tag, Set<string>>();

/** An id that nothing in the file has yet. */
export function freshId(root: Tag, wanted: string): string {
  const taken = GIVEN.get(root) ?? new Set([...everyTag(root)].map(idOf));
  GIVEN.set(root, taken);
  let id = wanted;
  for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}

/** Tags by the value of an attribute. */
export function groupedBy(tags: readonly Tag[], attribute: string): ReadonlyMap<string, readonly Tag[]> {
  const groups = new Map<string, Tag[]>();
  for (const one of tags) {
    const value = one.attributes.get(attribute) ?? '';
    const group = groups.get(value);
    if (group) group.push(one);
    else groups.set(value, [one]);
  }
  return groups;
}
