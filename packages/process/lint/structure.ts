/**
 * Owns the rules about which BPMN may be drawn at all: one process, allowed element types, usable ids, no repetition of
 * activities (several people on one task are a signing mode, several children are `each` of a call).
 */
import { type Element, elementOf, eventOf, isA, listOf, nameOf, type RuleFactory } from './tree.ts';

const TIMER = 'bpmn:TimerEventDefinition';
const MESSAGE = 'bpmn:MessageEventDefinition';
const ERROR = 'bpmn:ErrorEventDefinition';
const TERMINATE = 'bpmn:TerminateEventDefinition';

/** Allowed flow nodes, and for events which event definitions ('' = none) they may have. What an editor offers follows from it. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'bpmn:StartEvent': ['', MESSAGE, TIMER],
  'bpmn:EndEvent': ['', TERMINATE, ERROR],
  'bpmn:IntermediateThrowEvent': [''],
  'bpmn:IntermediateCatchEvent': [TIMER, MESSAGE],
  'bpmn:BoundaryEvent': [TIMER, MESSAGE, ERROR],
  'bpmn:UserTask': [''],
  'bpmn:ServiceTask': [''],
  'bpmn:SendTask': [''],
  'bpmn:BusinessRuleTask': [''],
  'bpmn:ReceiveTask': [''],
  'bpmn:CallActivity': [''],
  'bpmn:SubProcess': [''],
  'bpmn:ExclusiveGateway': [''],
  'bpmn:InclusiveGateway': [''],
  'bpmn:ParallelGateway': [''],
  'bpmn:EventBasedGateway': [''],
};

const LIST =
  '开始、结束、用户任务、服务任务、发送任务、业务规则任务、接收任务、调用活动、内嵌子流程、' +
  '排他/并行/包容/事件网关、定时与消息事件、子流程的错误事件、边界事件';

/** What else may stand among the flow elements: drawing only. */
const DRAWING = ['bpmn:SequenceFlow', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'];

const supported: RuleFactory = () => ({
  check(node, reporter) {
    if (!isA(node, 'bpmn:FlowElement') || DRAWING.includes(node.$type)) return;
    const id = String(node.id);
    const events = ALLOWED[node.$type];
    if (!events || node.triggeredByEvent === true || node.isForCompensation === true) {
      const what =
        node.triggeredByEvent === true ? '事件子流程' : node.isForCompensation === true ? '补偿活动' : node.$type;
      reporter.report(id, `不支持的元素 ${what}。可以使用：${LIST}。`);
      return;
    }
    const definitions = listOf(node, 'eventDefinitions');
    if (definitions.length > 1) reporter.report(id, '一个事件只能有一种触发方式，请拆成多个事件。');
    else if (!events.includes(definitions[0]?.$type ?? ''))
      reporter.report(id, `「${nameOf(node)}」的事件类型 ${definitions[0]?.$type ?? '(无)'} 在此处不受支持。`);
    if (isA(node, 'bpmn:BoundaryEvent') && !elementOf(node, 'attachedToRef'))
      reporter.report(id, '边界事件没有附着在任何活动上。');
    if (isA(node, 'bpmn:BoundaryEvent') && eventOf(node)?.$type === ERROR && node.cancelActivity === false)
      reporter.report(id, '错误边界事件总是中断活动，不能设为不中断。');
  },
});

/** The engine makes up ids of the form `<id>_<ten hex digits>`; nothing of ours may look like one. */
const ID = /^[A-Za-z][\w-]*$/;
const LIKE_ENGINE = /_[0-9a-f]{10}(?![0-9a-z])/;

const ids: RuleFactory = () => ({
  check(node, reporter) {
    if (!isA(node, 'bpmn:FlowElement') && !isA(node, 'bpmn:Process')) return;
    const id = node.id ?? '';
    if (!ID.test(id) || LIKE_ENGINE.test(id))
      reporter.report(
        id === '' ? node.$type : id,
        `标识「${id}」不可用：须以英文字母开头，只含字母、数字、_ 和 -,且不得以下划线加十位十六进制数结尾。`,
      );
  },
});

const noRepetition: RuleFactory = () => ({
  check(node, reporter) {
    if (!elementOf(node, 'loopCharacteristics')) return;
    const instead = isA(node, 'bpmn:CallActivity')
      ? '请在调用设置的 each 中给出列表'
      : '多人办理请选择办理方式（会签、表决等）';
    reporter.report(String(node.id), `「${nameOf(node)}」设了多实例或循环标记，不受支持；${instead}。`);
  },
});

const oneProcess: RuleFactory = () => ({
  check(node, reporter) {
    if (!isA(node, 'bpmn:Definitions')) return;
    const count = processesOf(node).length;
    if (count !== 1) reporter.report(node.id ?? 'definitions', `一个文件须恰好有一个流程，现有 ${count} 个。`);
  },
});

export const processesOf = (definitions: Element): readonly Element[] =>
  listOf(definitions, 'rootElements').filter((element) => isA(element, 'bpmn:Process'));

export const structureRules = { 'one-process': oneProcess, supported, ids, 'no-repetition': noRepetition };
