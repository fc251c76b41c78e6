/**
 * Owns the way to a place in words: the choices that were made on it, in order - which start, which branch of a gateway, which
 * event, which error - and the sentence that tells them. A task done is no choice; a gateway with one way on neither.
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from '../model.ts';
import { comparisonOf } from './condition.ts';
import type { Attempt, Visit } from './visit.ts';

/** One choice on the way. `words`: as it stands in the sentence, e.g. `「受理」= 补正`. */
export interface Choice {
  node: string;
  /** flow of the gateway that was taken */
  flow?: string;
  /** outcome key that the flow asks for */
  outcome?: string;
  /** what happened to the node: it was due, a message came, it failed */
  event?: 'start' | 'timer' | 'message' | 'error';
  words: string;
}

/** The moves from the start up to an attempt, each with the flows it took, if it came about. */
interface Step extends Attempt {
  taken: readonly string[];
}

/** The choices up to `last`; `whole`: the model with all nodes (a piece has steps in place of some). */
export function choicesTo(visited: Visit, whole: ProcessModel, last: Step | undefined): Choice[] {
  const steps: Step[] = last ? [last] : [];
  for (let at = last?.from ?? null; at !== null; ) {
    const edge = visited.markings.get(at);
    if (!edge) break;
    steps.unshift({ from: edge.from, stimulus: edge.stimulus, taken: edge.move.taken });
    at = edge.from;
  }
  const choices: Choice[] = [];
  let done: ProcessNode | undefined;
  for (const { stimulus, taken } of steps) {
    const event = eventOf(whole, stimulus);
    if (event) choices.push(event);
    if (stimulus.kind === 'complete') done = whole.nodes.get(stimulus.slot) ?? done;
    for (const id of taken) {
      const flow = whole.flows.get(id);
      const choice = flow && branchOf(whole, flow, done);
      if (choice) choices.push(choice);
    }
  }
  return choices;
}

/** The choice of one branch at a gateway that has several; `done`: the task whose outcome `outcome` means there. */
export function branchOf(whole: ProcessModel, flow: ProcessFlow, done?: ProcessNode): Choice | undefined {
  const gateway = whole.nodes.get(flow.source);
  const rivals = [...whole.flows.values()].filter((other) => other.source === flow.source && other !== flow);
  if (!gateway || rivals.length === 0) return undefined;
  if (gateway.type !== 'bpmn:ExclusiveGateway' && gateway.type !== 'bpmn:InclusiveGateway') return undefined;
  const compared = comparisonOf(flow);
  const step = compared && stepOf(whole, compared, done);
  const outcome = compared?.equal && step ? compared.literal.slice(1, -1) : undefined;
  return {
    node: gateway.id,
    flow: flow.id,
    ...(outcome && { outcome }),
    words: branchWords(whole, gateway, flow, rivals, done),
  };
}

function branchWords(
  whole: ProcessModel,
  gateway: ProcessNode,
  flow: ProcessFlow,
  rivals: readonly ProcessFlow[],
  done: ProcessNode | undefined,
): string {
  const compared = comparisonWords(whole, flow, done);
  if (compared) return compared;
  const label = gateway.name === gateway.id ? '' : `「${gateway.name}」`;
  if (flow.name) return `${label}为“${flow.name}”`;
  if (flow.condition && !flow.isDefault) return `${label}满足条件“${flow.condition}”`;
  const others = rivals.map((rival) => comparisonWords(whole, rival, done, true));
  const subjects = new Set(others.map((other) => other?.slice(0, other.indexOf(' '))));
  if (subjects.size === 1 && others.every((other) => other !== undefined))
    return `${[...subjects][0]} 不是 ${others.map((other) => other?.slice(other.indexOf(' 不是 ') + 4)).join('、')}`;
  return `${label || '网关'}走默认分支`;
}

/** `「受理」 = 补正`; `opposite`: `「受理」 不是 补正` */
function comparisonWords(
  whole: ProcessModel,
  flow: ProcessFlow,
  done: ProcessNode | undefined,
  opposite = false,
): string | undefined {
  const compared = flow.isDefault ? undefined : comparisonOf(flow);
  if (!compared) return undefined;
  const step = stepOf(whole, compared, done);
  const key = compared.literal.replace(/^"|"$/g, '');
  const value = step?.task?.outcomes.find((outcome) => outcome.key === key)?.label ?? key;
  const subject = step ? `「${step.name}」` : compared.what;
  return `${subject} ${compared.equal === opposite ? '不是' : '='} ${value}`;
}

function stepOf(whole: ProcessModel, { what, step }: { what: string; step?: string }, done?: ProcessNode) {
  if (step !== undefined) return whole.nodes.get(step);
  return what === 'outcome' && done?.task ? done : undefined;
}

function eventOf(whole: ProcessModel, stimulus: Attempt['stimulus']): Choice | undefined {
  if (stimulus.kind === 'start') {
    const starts = [...whole.nodes.values()].filter(({ kind, parent }) => kind === 'start' && parent === undefined);
    const start = whole.nodes.get(stimulus.startEvent);
    if (!start || start.parent !== undefined || starts.length < 2) return undefined;
    return { node: start.id, event: 'start', words: `从「${start.name}」发起` };
  }
  const node = whole.nodes.get(stimulus.slot);
  if (!node || stimulus.kind === 'complete') return undefined;
  const name = nameOf(whole, node);
  if (stimulus.kind === 'error') {
    const code = stimulus.code === '' ? '' : `（${stimulus.code}）`;
    return { node: node.id, event: 'error', words: `${name}出错${code}` };
  }
  return stimulus.kind === 'fire'
    ? { node: node.id, event: 'timer', words: `${name}到时` }
    : { node: node.id, event: 'message', words: `${name}收到消息` };
}

function nameOf(whole: ProcessModel, node: ProcessNode): string {
  const host = node.name === node.id && node.attachedTo !== undefined ? whole.nodes.get(node.attachedTo) : undefined;
  return host ? `「${host.name}」上的「${node.name}」` : `「${node.name}」`;
}

/** `若「受理」 = 补正，然后「期限」到时，则`; empty where nothing was chosen. */
export function wayInWords(choices: readonly Choice[]): string {
  if (choices.length === 0) return '';
  return `若${choices.map(({ words }) => words).join('，然后')}，则`;
}
