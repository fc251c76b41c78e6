/**
 * Owns the rules about what is set on nodes: which `ganwei:` element stands where, keys that must be unique or known,
 * timers and messages that must be complete. Where each may stand and what it may hold is the table in descriptors.ts.
 */
import { descriptorOf, SETTINGS } from './descriptors.ts';
import { isTooShort, timerOf } from './timers.ts';
import {
  type Element,
  elementOf,
  eventOf,
  everyElement,
  isA,
  listOf,
  nameOf,
  namesOf,
  type RuleFactory,
  settingsOf,
  textOf,
} from './tree.ts';

const SERVICES: readonly string[] = SETTINGS.Service.on;

/** Settings without which a node cannot work. */
const NEEDED: Readonly<Record<string, readonly [type: string, what: string]>> = {
  'bpmn:UserTask': ['Task', '办理人等任务设置（ganwei:task）'],
  'bpmn:ServiceTask': ['Service', '服务设置（ganwei:service）'],
  'bpmn:SendTask': ['Service', '服务设置（ganwei:service）'],
  'bpmn:BusinessRuleTask': ['Service', '服务设置（ganwei:service）'],
  'bpmn:CallActivity': ['Call', '调用设置（ganwei:call）'],
};

const settingsPlace: RuleFactory = () => ({
  check(node, reporter) {
    const values = listOf(elementOf(node, 'extensionElements'), 'values').filter((value) =>
      value.$type.startsWith('ganwei:'),
    );
    values.forEach((value, index) => {
      const places = descriptorOf(value.$type)?.on ?? [];
      if (!places.some((type) => isA(node, type)))
        reporter.report(String(node.id), `${value.$type} 不能写在 ${node.$type} 上。`);
      if (values.findIndex((other) => other.$type === value.$type) !== index)
        reporter.report(String(node.id), `${value.$type} 在「${nameOf(node)}」上写了不止一次。`);
    });
    const needed = NEEDED[node.$type];
    if (needed && !settingsOf(node, needed[0]))
      reporter.report(String(node.id), `「${nameOf(node)}」缺少${needed[1]}。`);
  },
});

const uniqueKeys: RuleFactory = () => ({
  check(node, reporter) {
    const unique = (settings: Element | undefined, list: string, member: string, what: string): void => {
      const keys = listOf(settings, list).flatMap((item) => textOf(item, member) ?? []);
      for (const key of new Set(keys.filter((key, index) => keys.indexOf(key) !== index)))
        reporter.report(String(node.id), `${what}「${key}」重复。`);
    };
    if (isA(node, 'bpmn:Process')) {
      unique(settingsOf(node, 'Case'), 'statuses', 'key', '状态');
      unique(settingsOf(node, 'Case'), 'actions', 'key', '件上操作');
      const ids = new Set([...everyElement(node)].map((element) => String(element.id)));
      for (const action of listOf(settingsOf(node, 'Case'), 'actions'))
        if (ids.has(textOf(action, 'key') ?? ''))
          reporter.report(String(node.id), `件上操作「${textOf(action, 'key')}」与流程中的节点同名，请换一个标识。`);
    }
    if (isA(node, 'bpmn:UserTask')) {
      unique(settingsOf(node, 'Task'), 'outcomes', 'key', '办理选项');
      unique(settingsOf(node, 'Task'), 'access', 'path', '字段权限');
    }
  },
});

const returnTargets: RuleFactory = () => ({
  check(node, reporter) {
    if (!isA(node, 'bpmn:Process')) return;
    const tasks = [...everyElement(node)].filter((element) => isA(element, 'bpmn:UserTask'));
    for (const task of tasks)
      for (const target of namesOf(settingsOf(task, 'Task'), 'returnTo'))
        if (!tasks.some(({ id }) => id === target))
          reporter.report(String(task.id), `「${nameOf(task)}」可退回到「${target}」，但没有这个用户任务。`);
  },
});

const statusKnown: RuleFactory = () => ({
  check(node, reporter) {
    if (!isA(node, 'bpmn:Process')) return;
    const known = listOf(settingsOf(node, 'Case'), 'statuses').flatMap((status) => textOf(status, 'key') ?? []);
    for (const element of everyElement(node)) {
      const status = isA(element, 'bpmn:FlowNode') ? statusOf(element) : undefined;
      if (status !== undefined && !known.includes(status))
        reporter.report(String(element.id), `状态「${status}」没有在流程的状态列表中定义。`);
    }
  },
});

/** Status key a node gives the case, from whichever settings element carries it. */
export function statusOf(node: Element): string | undefined {
  const carriers = ['Task', 'Service', 'Call', 'End', 'Mark'].map((type) => textOf(settingsOf(node, type), 'status'));
  return carriers.find((status) => status !== undefined);
}

const timer: RuleFactory = () => ({
  check(node, reporter) {
    const read = isA(node, 'bpmn:Event') ? timerOf(eventOf(node)) : undefined;
    if (!read) return;
    const where = String(node.id);
    if ('wrong' in read) reporter.report(where, `${read.wrong}。`);
    else if (read.repeat !== 0 && !isA(node, 'bpmn:StartEvent') && node.cancelActivity !== false)
      reporter.report(where, '周期只能用于不中断的边界定时事件和开始事件。');
    else if (isTooShort(read)) {
      const again = read.repeat === -1 ? '，又没有次数限制，会无休止地重复' : '';
      reporter.report(where, `「${nameOf(node)}」的定时不足一分钟${again}；请写一分钟（PT1M）或更长的时长。`);
    }
  },
});

const message: RuleFactory = () => ({
  check(node, reporter) {
    const receives = isA(node, 'bpmn:ReceiveTask');
    if (!receives && !(isA(node, 'bpmn:Event') && eventOf(node)?.$type === 'bpmn:MessageEventDefinition')) return;
    const reference = elementOf(receives ? node : eventOf(node), 'messageRef');
    if (!textOf(reference, 'name')) reporter.report(String(node.id), `「${nameOf(node)}」没有引用带名称的消息。`);
    if (!isA(node, 'bpmn:StartEvent') && !settingsOf(node, 'Message'))
      reporter.report(String(node.id), `「${nameOf(node)}」缺少消息的关联键（ganwei:message correlation）。`);
  },
});

export const settingsRules = {
  'settings-place': settingsPlace,
  'unique-keys': uniqueKeys,
  'return-targets': returnTargets,
  'status-known': statusKnown,
  timer,
  message,
};

export const isService = (node: Element): boolean => SERVICES.includes(node.$type);
