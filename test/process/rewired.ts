/**
 * Random processes that are not block-structured and mostly unsound: a random block file whose gateways change their type
 * and whose flows change their target. No lint rule would let most of them pass; the game must still play what the engine plays.
 */
import { compileProcess } from '@ganwei/process/compile';
import { engineContext } from '@ganwei/process/context';
import type { ProcessFlow, ProcessModel, ProcessNode } from '@ganwei/process/model';
import type { CompiledProcess } from '@ganwei/process/step';
import { below, fileOf, type Random, randomBlock } from './blocks.ts';

const GATEWAYS = ['bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway'];

/** Undefined where a change left a node without a way in: the engine would start there, and no such file compiles. */
export async function rewiredProcess(
  random: Random,
  events: boolean,
  size: number,
): Promise<CompiledProcess | undefined> {
  const { model } = await compileProcess(fileOf(randomBlock(random, events, size)));
  const nodes = new Map(model.nodes);
  const flows = new Map(model.flows);
  for (let n = below(random, 4); n > 0; n--) {
    if (random() < 0.5) changeGateway(nodes, random);
    else changeTarget(nodes, flows, random);
  }
  const entered = new Set([...flows.values()].map(({ target }) => target));
  for (const { id, kind, attachedTo } of nodes.values())
    if (kind !== 'start' && attachedTo === undefined && !entered.has(id)) return undefined;
  const changed: ProcessModel = { ...model, nodes, flows };
  return { model: changed, context: engineContext(changed), hash: `${Math.floor(random() * 1e9)}` };
}

function changeGateway(nodes: Map<string, ProcessNode>, random: Random): void {
  const gateways = [...nodes.values()].filter(({ type }) => GATEWAYS.includes(type));
  const chosen = gateways[below(random, gateways.length)];
  if (chosen) nodes.set(chosen.id, { ...chosen, type: GATEWAYS[below(random, 3)] as string });
}

function changeTarget(nodes: Map<string, ProcessNode>, flows: Map<string, ProcessFlow>, random: Random): void {
  const list = [...flows.values()];
  const flow = list[below(random, list.length)] as ProcessFlow;
  const { parent, type } = nodes.get(flow.source) as ProcessNode;
  const racing = new Set(list.filter(({ source }) => isRace(nodes.get(source))).map(({ target }) => target));
  if (type === 'bpmn:EventBasedGateway') return;
  const targets = [...nodes.values()].filter(
    (node) => node.parent === parent && node.kind !== 'start' && node.attachedTo === undefined && !racing.has(node.id),
  );
  flows.set(flow.id, { ...flow, target: (targets[below(random, targets.length)] as ProcessNode).id });
}

const isRace = (node: ProcessNode | undefined): boolean => node?.type === 'bpmn:EventBasedGateway';
