/**
 * Owns telling what an imported flow cannot do yet, when everything has been turned: steps of which the file does not say what they do, elements that are not
 * executed here, steps that nothing leads to. The check of the flow refuses the same. Rule: [FOR2].
 */
import { ALLOWED } from '../lint/structure.ts';
import {
  childOf,
  childrenOf,
  definitionOf,
  everyTag,
  groupedBy,
  idOf,
  isA,
  isEvent,
  isNode,
  isScope,
  type Tag,
} from './tag.ts';
import type { Reason, Report } from './told.ts';

export function tellGaps(root: Tag, report: Report): void {
  const told = new Set(report.left.map(({ element }) => element));
  for (const node of [...everyTag(root)].filter(isNode)) {
    const reason = gapOf(node);
    if (reason && !(reason === 'not-executed' && told.has(idOf(node)))) report.leave(node, reason);
  }
  for (const scope of [...everyTag(root)].filter(isScope))
    for (const node of unreached(scope)) if (!told.has(idOf(node))) report.leave(node, 'unreachable');
}

const has = (node: Tag, name: string): Tag | undefined => {
  const extension = childOf(node, 'bpmn:extensionElements');
  return extension && childOf(extension, `ganwei:${name}`);
};

function gapOf(node: Tag): Reason | undefined {
  if (isA(node, 'serviceTask', 'sendTask', 'businessRuleTask') && !has(node, 'service')?.attributes.has('type'))
    return 'service-to-choose';
  if (isA(node, 'callActivity') && !has(node, 'call')?.attributes.has('process')) return 'called-to-choose';
  return isExecuted(node) ? undefined : 'not-executed';
}

function isExecuted(node: Tag): boolean {
  const events = ALLOWED[node.name.replace(/^bpmn:(.)/, (_, first: string) => `bpmn:${first.toUpperCase()}`)];
  const definition = isEvent(node) ? definitionOf(node) : undefined;
  const event = definition?.name.replace(/^bpmn:(.)/, (_, first: string) => `bpmn:${first.toUpperCase()}`) ?? '';
  const isInner = isA(node, 'startEvent') && !isA(node.parent as Tag, 'process') && event !== '';
  return (events?.includes(event) ?? false) && !isInner;
}

function unreached(scope: Tag): Tag[] {
  const nodes = scope.children.filter(isNode);
  const out = groupedBy(childrenOf(scope, 'bpmn:sequenceFlow'), 'sourceRef');
  const around = groupedBy(nodes, 'attachedToRef');
  const seen = new Set<string>();
  const todo = nodes.filter((node) => isA(node, 'startEvent')).map(idOf);
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(
      ...(out.get(id) ?? []).map((flow) => flow.attributes.get('targetRef') ?? ''),
      ...(around.get(id) ?? []).map(idOf),
    );
  }
  return nodes.filter((node) => !seen.has(idOf(node)));
}
