/**
 * Owns what an import tells: what each setting of the file became, and what was left out with the reason. Reasons are codes; the pages have
 * the sentences (packages/web/messages/foreign.*), with an advice for each. Rules: [FOR1] [FOR2].
 */
import type { Setting } from '../lint/descriptors.ts';
import { idOf, isNode, type Tag } from './tag.ts';

/** Where a setting went: one of ours, or what happened to the drawing. */
export type Into =
  | Setting
  | 'id'
  | 'title'
  | 'flow'
  | 'user-task'
  | 'phase'
  | 'send'
  | 'broadcast'
  | 'message'
  | 'plain-end'
  | 'linked'
  | 'gateway-added'
  | 'start-added'
  | 'end-added'
  | 'default-branch'
  | 'condition'
  | 'timer'
  | 'timer-minute'
  | 'timer-once'
  | 'starter'
  | 'outcome'
  | 'laid-out';

/** Why something has not become anything. */
export type Reason =
  | 'unknown'
  | 'engine'
  | 'editor'
  | 'code'
  | 'script'
  | 'expression'
  | 'person-to-map'
  | 'role-to-map'
  | 'unit-to-map'
  | 'form-key'
  | 'form-fields'
  | 'reminder'
  | 'reject-way'
  | 'data'
  | 'variables'
  | 'correlation'
  | 'dangling'
  | 'duplicate-id'
  | 'empty-process'
  | 'message-flow'
  | 'event-subprocess'
  | 'compensation'
  | 'conditional'
  | 'escalation'
  | 'cancel'
  | 'complex-gateway'
  | 'ad-hoc'
  | 'loop'
  | 'several-events'
  | 'multi-instance'
  | 'cardinality'
  | 'completion'
  | 'nobody'
  | 'service-to-choose'
  | 'called-to-choose'
  | 'no-condition'
  | 'no-default'
  | 'lone-condition'
  | 'cron'
  | 'timer'
  | 'drawing'
  | 'not-executed'
  | 'unreachable'
  | 'no-equivalent';

export interface Place {
  /** id of the element in the flow that came of it; '' for the file */
  readonly element: string;
  /** what people call it; '' where it has no name */
  readonly name: string;
  /** BPMN type as the file had it: `userTask` */
  readonly what: string;
}

export interface Became extends Place {
  /** as the file calls it; '' for the element itself */
  readonly setting: string;
  readonly value: string;
  readonly into: Into;
  /** what is written there now */
  readonly as: string;
}

export interface Left extends Place {
  readonly setting: string;
  readonly value: string;
  readonly reason: Reason;
  /** an expression of ours that it might become, or a word to be mapped */
  readonly hint: string;
}

type Said = { setting?: string; value?: string };

export class Report {
  readonly became: Became[] = [];
  readonly left: Left[] = [];

  turned(at: Tag, into: Into, as: string, { setting = '', value = '' }: Said = {}): void {
    this.became.push({ ...placeOf(at), setting, value, into, as });
  }

  leave(at: Tag, reason: Reason, { setting = '', value = '', hint = '' }: Said & { hint?: string } = {}): void {
    this.left.push({ ...placeOf(at), setting, value, reason, hint });
  }
}

/** The element that people know around a tag. */
function placeOf(at: Tag): Place {
  let around: Tag | undefined = at;
  while (around && !isPlace(around)) around = around.parent;
  const known = around ?? at;
  const what = known.origin.replace(/^bpmn:/, '');
  return { element: idOf(known), name: known.attributes.get('name') ?? '', what };
}

const PLACES = [
  'bpmn:sequenceFlow',
  'bpmn:process',
  'bpmn:participant',
  'bpmn:lane',
  'bpmn:message',
  'bpmn:textAnnotation',
];
const isPlace = (at: Tag): boolean => isNode(at) || PLACES.includes(at.name);
