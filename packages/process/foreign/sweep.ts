/**
 * Owns what may stand in a flow of ours: whatever else is left in the tree when everything has been turned is taken out and told, so that nothing of a file
 * is dropped without a word. Rule: [FOR2].
 */
import { descriptorOf } from '../lint/descriptors.ts';
import { childOf, isNode, remove, type Tag, written } from './tag.ts';
import type { Report } from './told.ts';

/** What may stand below an element, besides what every element may have. */
const DEFINITIONS = [
  'timerEventDefinition',
  'messageEventDefinition',
  'errorEventDefinition',
  'terminateEventDefinition',
];
const REFUSED_DEFINITIONS = [
  'conditionalEventDefinition',
  'escalationEventDefinition',
  'compensateEventDefinition',
  'cancelEventDefinition',
  'signalEventDefinition',
  'linkEventDefinition',
];
const NODES = [
  'startEvent',
  'endEvent',
  'intermediateThrowEvent',
  'intermediateCatchEvent',
  'boundaryEvent',
  'userTask',
  'serviceTask',
  'sendTask',
  'businessRuleTask',
  'receiveTask',
  'scriptTask',
  'callActivity',
  'subProcess',
  'adHocSubProcess',
  'exclusiveGateway',
  'inclusiveGateway',
  'parallelGateway',
  'eventBasedGateway',
  'complexGateway',
];
const CONTENTS = [...NODES, 'sequenceFlow', 'textAnnotation', 'association'];
const LOOPS = ['multiInstanceLoopCharacteristics', 'standardLoopCharacteristics'];

const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  definitions: ['process', 'message', 'error', 'signal', 'collaboration'],
  collaboration: ['participant', 'messageFlow'],
  process: [...CONTENTS, 'laneSet'],
  subProcess: [...CONTENTS, ...LOOPS, 'laneSet'],
  adHocSubProcess: CONTENTS,
  laneSet: ['lane'],
  lane: ['flowNodeRef', 'childLaneSet'],
  childLaneSet: ['lane'],
  sequenceFlow: ['conditionExpression'],
  textAnnotation: ['text'],
  timerEventDefinition: ['timeDate', 'timeDuration', 'timeCycle'],
  conditionalEventDefinition: ['condition'],
  ...Object.fromEntries(
    NODES.filter((name) => name.endsWith('Event')).map((name) => [name, [...DEFINITIONS, ...REFUSED_DEFINITIONS]]),
  ),
};

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  process: ['isExecutable'],
  sequenceFlow: ['sourceRef', 'targetRef'],
  association: ['sourceRef', 'targetRef', 'associationDirection'],
  messageFlow: ['sourceRef', 'targetRef', 'messageRef'],
  participant: ['processRef'],
  boundaryEvent: ['attachedToRef', 'cancelActivity'],
  exclusiveGateway: ['default'],
  inclusiveGateway: ['default'],
  complexGateway: ['default'],
  receiveTask: ['messageRef'],
  messageEventDefinition: ['messageRef'],
  errorEventDefinition: ['errorRef'],
  signalEventDefinition: ['signalRef'],
  escalationEventDefinition: [],
  message: [],
  error: ['errorCode'],
  subProcess: ['triggeredByEvent'],
  conditionExpression: ['xsi:type'],
  condition: ['xsi:type'],
  timeDate: ['xsi:type'],
  timeDuration: ['xsi:type'],
  timeCycle: ['xsi:type'],
};

/** Attributes that at this value say what is so anyway, and those that say nothing of what happens. */
const SAY_NOTHING: Readonly<Record<string, string | undefined>> = {
  triggeredByEvent: 'false',
  isForCompensation: 'false',
  isInterrupting: 'true',
  parallelMultiple: 'false',
  startQuantity: '1',
  completionQuantity: '1',
  instantiate: 'false',
  isClosed: 'false',
  isImmediate: 'true',
  eventGatewayType: 'Exclusive',
  processType: undefined,
  gatewayDirection: undefined,
  textFormat: undefined,
  isSequential: undefined,
  waitForCompletion: undefined,
  implementation: undefined,
};

/** References that are written again from the lines themselves. */
const WRITTEN_AGAIN = ['bpmn:incoming', 'bpmn:outgoing'];

export function sweep(at: Tag, report: Report): void {
  const name = at.name.replace(/^bpmn:/, '');
  for (const [key, value] of [...at.attributes]) {
    if (isKept(name, key, value)) continue;
    at.attributes.delete(key);
    const isQuiet = Object.hasOwn(SAY_NOTHING, key) && [undefined, value].includes(SAY_NOTHING[key]);
    if (!isQuiet && !HEAD.includes(key)) report.leave(at, 'data', { setting: key, value });
  }
  for (const child of [...at.children]) {
    if (WRITTEN_AGAIN.includes(child.name)) remove(child);
    else if (child.name === 'bpmn:extensionElements') extension(child, report);
    else if (mayHave(name, child)) sweep(child, report);
    else leave(at, child, report);
  }
}

/** What undoes a step stays what it is, and is refused so. */
const isKept = (name: string, key: string, value: string): boolean =>
  key === 'id' ||
  key === 'name' ||
  (ATTRIBUTES[name]?.includes(key) ?? false) ||
  (key === 'isForCompensation' && value === 'true');

/** What a file says of itself. */
const HEAD = [
  'targetNamespace',
  'typeLanguage',
  'expressionLanguage',
  'exporter',
  'exporterVersion',
  'xsi:schemaLocation',
  'xsi:type',
  'language',
];

const mayHave = (name: string, child: Tag): boolean => {
  const own = child.name.replace(/^bpmn:/, '');
  if (own === 'documentation') return true;
  if (isNode({ ...child, name: `bpmn:${name}` }) && LOOPS.includes(own)) return true;
  return CHILDREN[name]?.includes(own) ?? false;
};

/** Only settings of ours are left in it. */
function extension(holder: Tag, report: Report): void {
  for (const child of [...holder.children]) {
    const type = child.name.replace(/^ganwei:(.)/, (_, first: string) => `ganwei:${first.toUpperCase()}`);
    if (!descriptorOf(type)) leave(holder, child, report);
  }
  if (holder.children.length === 0) remove(holder);
}

function leave(at: Tag, child: Tag, report: Report): void {
  const parent = childOf(at, child.name) === child ? at : (child.parent ?? at);
  report.leave(parent, reasonOf(child), { setting: child.name.replace(/^bpmn:/, ''), value: written(child) });
  remove(child);
}

const DRAWN = /^(bpmndi:|di:|dc:|bpmn:(group|category|association)$)/;

const reasonOf = (child: Tag): 'drawing' | 'data' | 'unknown' =>
  DRAWN.test(child.name) ? 'drawing' : child.name.startsWith('bpmn:') ? 'data' : 'unknown';
