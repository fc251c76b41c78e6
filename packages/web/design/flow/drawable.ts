/**
 * Owns what may be drawn: it follows from what the machine executes (packages/process/lint/structure.ts), and nothing else is offered in the palette,
 * beside an element, or as its replacement. Rule: [DES10].
 */
import { ALLOWED } from '@ganwei/process/lint/structure';
import * as replacements from 'bpmn-js/lib/features/replace/ReplaceOptions';

/** What a shape is made of, as bpmn-js writes it. */
export interface Target {
  readonly type?: string;
  readonly eventDefinitionType?: string;
  readonly triggeredByEvent?: boolean;
  readonly isInterrupting?: boolean;
  readonly cancelActivity?: boolean;
}

/** Does the machine execute such an element? */
export function isDrawable(target: Target): boolean {
  const { type = '', eventDefinitionType: event = '', triggeredByEvent, isInterrupting, cancelActivity } = target;
  const errors = event === 'bpmn:ErrorEventDefinition';
  if (triggeredByEvent || isInterrupting === false || (errors && cancelActivity === false)) return false;
  return ALLOWED[type]?.includes(event) ?? false;
}

interface Replacement {
  readonly actionName: string;
  readonly label: unknown;
  readonly target?: Target;
}

/** A step may not be repeated by a mark, and a condition stands behind a gateway. */
const FLOWS = ['replace-with-default-flow', 'replace-with-sequence-flow'];

const allReplacements = (): Replacement[] => {
  const { TYPED_EVENT, ...lists } = replacements;
  return [...Object.values(lists), ...Object.values(TYPED_EVENT)].flat() as unknown as Replacement[];
};

/** Entries of bpmn-js's menu of replacements that stay, each with the words bpmn-js has for it. */
export const REPLACEMENTS: ReadonlyMap<string, string> = new Map(
  allReplacements()
    .filter(({ actionName, target }) => FLOWS.includes(actionName) || (target && isDrawable(target)))
    .map(({ actionName, label }) => [actionName, String(label)]),
);

/** Beside an element: what may be appended to it, connected, changed. */
export const PAD: ReadonlySet<string> = new Set([
  'append.end-event',
  'append.gateway',
  'append.receive-task',
  'append.message-intermediate-event',
  'append.timer-intermediate-event',
  'append.text-annotation',
  'lane-insert-above',
  'lane-divide-two',
  'lane-divide-three',
  'lane-insert-below',
  'connect',
  'replace',
  'delete',
  'align-elements',
]);

/** Things of the palette in their order; the titles are English and go through the dictionary. */
export const PALETTE: readonly (Target & { group: string; icon: string; title: string })[] = [
  { group: 'event', type: 'bpmn:StartEvent', icon: 'start-event-none', title: 'Create start event' },
  { group: 'event', type: 'bpmn:EndEvent', icon: 'end-event-none', title: 'Create end event' },
  {
    group: 'event',
    type: 'bpmn:IntermediateCatchEvent',
    eventDefinitionType: 'bpmn:TimerEventDefinition',
    icon: 'intermediate-event-catch-timer',
    title: 'Create timer event (onto a step: its time-out)',
  },
  {
    group: 'event',
    type: 'bpmn:IntermediateCatchEvent',
    eventDefinitionType: 'bpmn:MessageEventDefinition',
    icon: 'intermediate-event-catch-message',
    title: 'Create message event',
  },
  { group: 'activity', type: 'bpmn:UserTask', icon: 'user-task', title: 'Create user task' },
  { group: 'activity', type: 'bpmn:ServiceTask', icon: 'service-task', title: 'Create service task' },
  { group: 'activity', type: 'bpmn:CallActivity', icon: 'call-activity', title: 'Create call of another flow' },
  { group: 'activity', type: 'bpmn:SubProcess', icon: 'subprocess-collapsed', title: 'Create phase (sub-process)' },
  { group: 'gateway', type: 'bpmn:ExclusiveGateway', icon: 'gateway-xor', title: 'Create exclusive gateway' },
  { group: 'gateway', type: 'bpmn:ParallelGateway', icon: 'gateway-parallel', title: 'Create parallel gateway' },
  { group: 'gateway', type: 'bpmn:InclusiveGateway', icon: 'gateway-or', title: 'Create inclusive gateway' },
];
