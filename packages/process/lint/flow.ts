/**
 * Owns the rules about how the drawing hangs together: every node is reached and leads to an end, gateways can always
 * decide, splits are visible, errors are caught, nothing runs in circles by itself. What only playing the tokens can tell
 * (joins that never open) is prove.ts.
 */
import {
  conditionHolder,
  type Element,
  elementOf,
  eventOf,
  isA,
  listOf,
  nameOf,
  type Reporter,
  type RuleFactory,
  textOf,
} from './tree.ts';

/** One process or sub-process as a graph. */
interface Graph {
  nodes: readonly Element[];
  flows: readonly Element[];
  out(node: Element): Element[];
  into(node: Element): Element[];
  boundaries(node: Element): Element[];
}

function graphOf(scope: Element): Graph {
  const elements = listOf(scope, 'flowElements');
  const flows = elements.filter((element) => isA(element, 'bpmn:SequenceFlow'));
  const nodes = elements.filter((element) => isA(element, 'bpmn:FlowNode'));
  const [out, into, boundaries] = [by(flows, 'sourceRef'), by(flows, 'targetRef'), by(nodes, 'attachedToRef')];
  return {
    nodes,
    flows,
    out: (node) => out.get(node) ?? [],
    into: (node) => into.get(node) ?? [],
    boundaries: (node) => boundaries.get(node) ?? [],
  };
}

/** Elements by the one they refer to. */
function by(elements: readonly Element[], reference: string): Map<Element, Element[]> {
  const found = new Map<Element, Element[]>();
  for (const element of elements) {
    const to = elementOf(element, reference);
    if (to) found.set(to, [...(found.get(to) ?? []), element]);
  }
  return found;
}

const perScope = (check: (graph: Graph, scope: Element, reporter: Reporter) => void): RuleFactory => {
  return () => ({
    check(node, reporter) {
      if (isA(node, 'bpmn:Process') || isA(node, 'bpmn:SubProcess')) check(graphOf(node), node, reporter);
    },
  });
};

const idOf = (element: Element): string => String(element.id);
const isSplit = (node: Element): boolean => isA(node, 'bpmn:ExclusiveGateway') || isA(node, 'bpmn:InclusiveGateway');

const connected = perScope(({ flows }, _scope, reporter) => {
  for (const flow of flows)
    if (!elementOf(flow, 'sourceRef') || !elementOf(flow, 'targetRef'))
      reporter.report(idOf(flow), '连线没有连好起点或终点。');
});

const startAndEnd = perScope(({ nodes, out, into }, scope, reporter) => {
  const starts = nodes.filter((node) => isA(node, 'bpmn:StartEvent'));
  const inner = isA(scope, 'bpmn:SubProcess');
  if (starts.length === 0) reporter.report(idOf(scope), '缺少开始事件。');
  if (!nodes.some((node) => isA(node, 'bpmn:EndEvent'))) reporter.report(idOf(scope), '缺少结束事件。');
  if (inner && (starts.length > 1 || starts.some(eventOf)))
    reporter.report(idOf(scope), '子流程须恰好有一个普通的开始事件。');
  for (const node of starts) if (into(node).length > 0) reporter.report(idOf(node), '开始事件不能有进入的连线。');
  for (const node of nodes)
    if (isA(node, 'bpmn:EndEvent') && out(node).length > 0) reporter.report(idOf(node), '结束事件不能有离开的连线。');
});

const deadEnd = perScope((graph, _scope, reporter) => {
  const toEnd = reach(
    graph.nodes.filter((node) => isA(node, 'bpmn:EndEvent')),
    (node) => [
      ...graph.into(node).flatMap((flow) => elementOf(flow, 'sourceRef') ?? []),
      ...(elementOf(node, 'attachedToRef') ? [elementOf(node, 'attachedToRef') as Element] : []),
    ],
  );
  for (const node of graph.nodes) {
    const open = graph.out(node).length === 0 && !isA(node, 'bpmn:EndEvent');
    if (toEnd.has(node) && !open) continue;
    reporter.report(idOf(node), `「${nameOf(node)}」${open ? '之后没有去向,流程在此中断' : '之后无法走到结束'}。`);
  }
});

const unreachable = perScope((graph, _scope, reporter) => {
  const reached = reach(
    graph.nodes.filter((node) => isA(node, 'bpmn:StartEvent')),
    (node) => [...graph.out(node).flatMap((flow) => elementOf(flow, 'targetRef') ?? []), ...graph.boundaries(node)],
  );
  for (const node of graph.nodes)
    if (!reached.has(node)) reporter.report(idOf(node), `「${nameOf(node)}」从开始事件走不到。`);
});

function reach(from: readonly Element[], next: (node: Element) => readonly Element[]): Set<Element> {
  const seen = new Set<Element>();
  const todo = [...from];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    todo.push(...next(node));
  }
  return seen;
}

const gatewayConditions = perScope(({ nodes, out }, _scope, reporter) => {
  for (const node of nodes) {
    const flows = isSplit(node) ? out(node) : [];
    if (flows.length < 2) continue;
    const standard = elementOf(node, 'default');
    if (!standard) reporter.report(idOf(node), `网关「${nameOf(node)}」没有默认分支：条件都不满足时流程无路可走。`);
    for (const flow of flows)
      if (flow !== standard && !conditionOf(flow)) reporter.report(idOf(flow), '分支没有条件，也不是默认分支。');
  }
});

const conditionOf = (flow: Element): string | undefined => textOf(conditionHolder(flow), 'body');

const conditionPlace = perScope(({ flows, out }, _scope, reporter) => {
  for (const flow of flows) {
    const source = elementOf(flow, 'sourceRef');
    if (!source || !conditionOf(flow)) continue;
    if (!isSplit(source) || out(source).length < 2)
      reporter.report(idOf(flow), '条件只能写在排他网关或包容网关的分支上。');
    else if (elementOf(source, 'default') === flow) reporter.report(idOf(flow), '默认分支不应再写条件。');
  }
});

const implicitSplit = perScope(({ nodes, out }, _scope, reporter) => {
  for (const node of nodes)
    if (!isA(node, 'bpmn:Gateway') && out(node).length > 1)
      reporter.report(idOf(node), `「${nameOf(node)}」直接分出多条连线，请先接一个网关，写明是择一还是并行。`);
});

const eventGateway = perScope(({ nodes, out, into }, _scope, reporter) => {
  for (const node of nodes) {
    if (!isA(node, 'bpmn:EventBasedGateway')) continue;
    const targets = out(node).flatMap((flow) => elementOf(flow, 'targetRef') ?? []);
    if (targets.length < 2) reporter.report(idOf(node), '事件网关之后至少要有两个事件。');
    for (const target of targets)
      if (!(isA(target, 'bpmn:IntermediateCatchEvent') || isA(target, 'bpmn:ReceiveTask')) || into(target).length > 1)
        reporter.report(idOf(target), '事件网关之后只能接定时、消息事件或接收任务，且它们只有这一个入口。');
  }
});

/** An error end event needs a sub-process around it that catches its code. */
const errorCaught = perScope(({ nodes }, scope, reporter) => {
  for (const node of nodes) {
    if (!isA(node, 'bpmn:EndEvent') || eventOf(node)?.$type !== 'bpmn:ErrorEventDefinition') continue;
    const code = errorCodeOf(node);
    if (code === '') reporter.report(idOf(node), '错误结束事件须引用一个有代码的错误。');
    else if (!caught(scope, code))
      reporter.report(idOf(node), `没有边界事件接住错误「${code}」：它须在子流程之内，并由子流程的错误边界事件处理。`);
  }
});

/** Code of the error an event raises or catches; '' where none is named. */
export const errorCodeOf = (node: Element): string => textOf(elementOf(eventOf(node), 'errorRef'), 'errorCode') ?? '';

function caught(scope: Element | undefined, code: string): boolean {
  for (let at = scope; at && isA(at, 'bpmn:SubProcess'); at = at.$parent) {
    const holder = at.$parent && graphOf(at.$parent);
    const codes = holder?.boundaries(at).filter((node) => eventOf(node)?.$type === 'bpmn:ErrorEventDefinition') ?? [];
    if (codes.some((node) => ['', code].includes(errorCodeOf(node)))) return true;
  }
  return false;
}

/** A circle without anything that waits would never rest. */
const restless = perScope((graph, _scope, reporter) => {
  const auto = new Set(graph.nodes.filter((node) => !waits(node)));
  const next = (node: Element): Element[] =>
    graph
      .out(node)
      .flatMap((flow) => elementOf(flow, 'targetRef') ?? [])
      .filter((target) => auto.has(target));
  for (const node of auto)
    if (isA(node, 'bpmn:Gateway') && reach(next(node), next).has(node))
      reporter.report(idOf(node), `网关「${nameOf(node)}」所在的循环里没有任何等待的步骤，会无休止地空转。`);
});

function waits(node: Element): boolean {
  if (isA(node, 'bpmn:SubProcess')) return listOf(node, 'flowElements').some(waits);
  return isA(node, 'bpmn:Activity') || (isA(node, 'bpmn:CatchEvent') && !isA(node, 'bpmn:StartEvent'));
}

export const flowRules = {
  connected,
  'start-and-end': startAndEnd,
  'dead-end': deadEnd,
  unreachable,
  'gateway-conditions': gatewayConditions,
  'condition-place': conditionPlace,
  'implicit-split': implicitSplit,
  'event-gateway': eventGateway,
  'error-caught': errorCaught,
  restless,
};
