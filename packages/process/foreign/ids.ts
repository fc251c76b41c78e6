/**
 * Owns the ids of an imported file: those that ours may not have, or that stand twice, get another one, and everything that refers to them goes with
 * it. Ids of the drawing are given anew (drawing.ts). Rule: [FOR20].
 */
import { everyTag, idOf, isNode, type Tag, take } from './tag.ts';
import type { Report } from './told.ts';

const ID = /^[A-Za-z][\w-]*$/;
/** what the engine makes of ids by itself looks like this (lint/structure.ts) */
const LIKE_ENGINE = /_[0-9a-f]{10}(?![0-9a-z])/g;

const REFERENCES = [
  ...['sourceRef', 'targetRef', 'attachedToRef', 'default', 'messageRef', 'errorRef', 'signalRef', 'escalationRef'],
  ...['processRef', 'bpmnElement', 'dataObjectRef', 'dataStoreRef', 'activityRef'],
];
const TEXT_REFERENCES = ['flowNodeRef', 'incoming', 'outgoing', 'sourceRef', 'targetRef', 'source', 'target']
  .map((name) => `bpmn:${name}`)
  .concat('flowable:rejectReturnTaskId');

export function renameIds(root: Tag, report: Report): void {
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  const owners = [...everyTag(root)].filter(
    (tag) => tag.name.startsWith('bpmn:') && (tag.attributes.has('id') || needsId(tag)),
  );
  for (const tag of owners) if (!tag.attributes.has('id')) tag.attributes.set('id', '');
  for (const tag of owners) if (ID.test(idOf(tag))) taken.add(idOf(tag));
  const seen = new Set<string>();
  for (const tag of owners) {
    const id = idOf(tag);
    const again = id !== '' && seen.has(id);
    seen.add(id);
    if (!again && isUsable(id)) continue;
    const given = free(id === '' ? tag.name.slice('bpmn:'.length) : usable(id), taken);
    taken.add(given);
    tag.attributes.set('id', given);
    if (again) report.leave(tag, 'duplicate-id', { setting: 'id', value: id, hint: given });
    else if (id !== '') renamed.set(id, given);
    if (!again && id !== '' && isTold(tag)) report.turned(tag, 'id', given, { setting: 'id', value: id });
  }
  follow(root, renamed, taken);
}

/** Steps and lines are spoken of by their ids; settings of ours and the drawing have none of their own here. */
const needsId = (tag: Tag): boolean => isNode(tag) || ROOTS.includes(tag.name);
const ROOTS = [
  'sequenceFlow',
  'process',
  'message',
  'error',
  'participant',
  'association',
  'textAnnotation',
  'lane',
].map((name) => `bpmn:${name}`);

const isUsable = (id: string): boolean => ID.test(id) && id.search(LIKE_ENGINE) < 0;

/** Ids of parts that people never see are given another one without a word. */
const isTold = ({ name }: Tag): boolean =>
  !/EventDefinition$|Expression$|^bpmn:(time|ioSpec|data(In|Out)put)/.test(name);

function usable(id: string): string {
  const plain = id.replace(/[^\w-]+/g, '_').replace(LIKE_ENGINE, (found) => `-${found.slice(1)}`);
  if (/^_+[A-Za-z]/.test(plain)) return plain.replace(/^_+/, '');
  return /^[A-Za-z]/.test(plain) ? plain : `n${plain.startsWith('_') ? '' : '_'}${plain}`;
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** References may carry a prefix of the file: `tns:message1`. */
function follow(root: Tag, renamed: ReadonlyMap<string, string>, known: ReadonlySet<string>): void {
  const now = (reference: string): string => {
    const local = reference.slice(reference.indexOf(':') + 1);
    return renamed.get(reference) ?? (known.has(reference) ? reference : (renamed.get(local) ?? local));
  };
  for (const tag of everyTag(root)) {
    for (const name of REFERENCES) {
      const value = tag.attributes.get(name);
      if (value !== undefined) tag.attributes.set(name, now(value.trim()));
    }
    if (TEXT_REFERENCES.includes(tag.name)) tag.text = now(tag.text);
    if (tag.name.startsWith('bpmndi:')) take(tag, 'id');
  }
}
