/** Rules [DES50] [DES51]: a flow as a tree, and what can be done in it. */
import { moddleDescriptor } from '@ganwei/process/lint/descriptors';
import { isA, listOf } from '@ganwei/process/lint/tree';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import type { Moddle } from '../../packages/web/design/flow/moddle.ts';
import { type Modeling, type Part, TreeEdits } from '../../packages/web/design/flow/tree/edits.ts';
import { knowLines } from '../../packages/web/design/flow/tree/lines.ts';
import { type Item, treeOf } from '../../packages/web/design/flow/tree/shape.ts';
import { flows } from './content.ts';

const library = new BpmnModdle({ ganwei: moddleDescriptor() }) as unknown as {
  fromXML(xml: string): Promise<{ rootElement: Moddle }>;
};

/** Ids of all that is shown as itself, jumps left out. */
const shownIn = (items: readonly Item[]): string[] =>
  items.flatMap((item) => {
    if (item.kind === 'jump') return [];
    const own = [String(item.node.id)];
    if (item.kind === 'split') return [...own, ...item.branches.flatMap(({ items: inner }) => shownIn(inner))];
    const events = item.events.flatMap(({ node, items: inner }) => [String(node.id), ...shownIn(inner)]);
    return [...own, ...shownIn(item.inside), ...events];
  });
const nodesOf = (scope: Moddle): string[] =>
  (listOf(scope, 'flowElements') as readonly Moddle[])
    .filter((one) => isA(one, 'bpmn:FlowNode'))
    .flatMap((node) => [String(node.id), ...(isA(node, 'bpmn:SubProcess') ? nodesOf(node) : [])]);
/** The tree in one line: `a (x: b | y: c) d`. */
const words = (items: readonly Item[]): string =>
  items
    .map((item) => {
      if (item.kind === 'jump') return `>${item.node.id}`;
      if (item.kind === 'step') return String(item.node.id);
      return `${item.node.id}(${item.branches.map(({ items: inner }) => words(inner)).join(' | ')})`;
    })
    .join(' ');

const NODES = { s: 'startEvent', e: 'endEvent', x: 'exclusiveGateway', y: 'exclusiveGateway' } as const;
async function treeFor(lines: string, atNodes = true): Promise<string> {
  const pairs = lines.split(' ').map((pair) => pair.split('-') as [string, string]);
  const ids = [...new Set(pairs.flat())];
  const nodes = ids.map((id) => {
    const kind = NODES[id[0] as keyof typeof NODES] ?? 'userTask';
    const out = pairs
      .filter(([from]) => atNodes && from === id)
      .map(([from, to]) => `<bpmn:outgoing>${from}_${to}</bpmn:outgoing>`);
    return `<bpmn:${kind} id="${id}">${out.join('')}</bpmn:${kind}>`;
  });
  const flowsOf = pairs.map(
    ([from, to]) => `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`,
  );
  const { rootElement } = await library.fromXML(
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">${nodes.join('')}${flowsOf.join('')}</bpmn:process></bpmn:definitions>`,
  );
  if (!atNodes) knowLines(rootElement);
  return treeOf((rootElement.get('rootElements') as Moddle[])[0]!)
    .map(words)
    .join(' / ');
}

describe('the tree', () => {
  test('[DES50] of every shipped flow it shows each step once, and no other', async () => {
    for (const { source, file } of flows()) {
      const { rootElement } = await library.fromXML(source);
      const process = (rootElement.get('rootElements') as Moddle[]).find((one) => isA(one, 'bpmn:Process'))!;
      expect([file, treeOf(process).flatMap(shownIn).sort()]).toEqual([file, nodesOf(process).sort()]);
    }
  });

  test('[DES50] a file that says at its lines alone where they lead is shown as one that says it at its steps, too', async () => {
    const lines = 's-x1 x1-a x1-b a-y1 b-y1 y1-e';
    expect(await treeFor(lines, false)).toBe(await treeFor(lines));
  });

  test.each([
    ['s-a a-b b-e', 's a b e'],
    ['s-x1 x1-a x1-b a-y1 b-y1 y1-e', 's x1(a | b) y1 e'],
    ['s-x1 x1-a x1-e a-e2', 's x1(a e2 | e)'],
    ['s-a a-x1 x1-a x1-e', 's a x1(>a | ) e'],
    ['s-x1 x1-x2 x1-c x2-a x2-b a-y2 b-y2 y2-y1 c-y1 y1-e', 's x1(x2(a | b) y2 | c) y1 e'],
    ['s-x1 x1-a x1-b a-y1 b-c c-y1 y1-d d-e', 's x1(a | b c) y1 d e'],
    ['s-a a-e s2-b b-a', 's a e / s2 b >a'],
  ])('[DES50] %s is shown as %s', async (lines, tree) => {
    expect(await treeFor(lines)).toBe(tree);
  });
});

// ---- a drawing without a screen ------------------------------------------------------------------------------------------

type Node = { -readonly [K in keyof Part]: Part[K] };

/** Keeps lines and places as bpmn-js does. */
function drawing(...names: string[]) {
  const page = { id: 'page', children: [] as Node[] } as unknown as Node;
  let count = 0;
  const shape = (id: string, x: number, y: number): Node => {
    const made = { id, type: '', x, y, width: 100, height: 80, parent: page, children: [], incoming: [], outgoing: [] };
    (page.children as unknown[]).push(made);
    return made as unknown as Node;
  };
  const without = (parts: readonly Part[], part: Part): Part[] => parts.filter((one) => one !== part);
  const modeling: Modeling = {
    createShape: ({ type }, { x, y }) => shape(`${type.replace('bpmn:', '')}${++count}`, x - 50, y - 40),
    connect(source, target) {
      const line = { id: `${source.id}>${target.id}`, source, target, parent: page, waypoints: [] } as unknown as Node;
      (source as Node).outgoing = [...source.outgoing, line];
      (target as Node).incoming = [...target.incoming, line];
      return line;
    },
    reconnectEnd(line, target) {
      (line.target as Node).incoming = without(line.target.incoming, line);
      (target as Node).incoming = [...target.incoming, line];
      (line as Node).target = target;
    },
    reconnectStart() {
      throw new Error('not used');
    },
    updateProperties(part, properties) {
      Object.assign(part, properties);
    },
    removeElements(parts) {
      for (const part of parts) {
        if (part.waypoints) {
          (part.source as Node).outgoing = without(part.source.outgoing, part);
          (part.target as Node).incoming = without(part.target.incoming, part);
        } else page.children = without(page.children, part);
      }
    },
    moveElements(parts, { x, y }) {
      for (const part of parts as Node[]) Object.assign(part, { x: part.x + x, y: part.y + y });
    },
  };
  const shapes = names.map((name, index) => shape(name, index * 200, 0));
  for (const [index, one] of shapes.entries())
    if (shapes[index + 1]) modeling.connect(one, shapes[index + 1]!, { type: '' });
  const first = shapes[0]!;
  const way = (from: Part = first): string =>
    [from.id, ...from.outgoing.map(({ target }) => way(target))].join(from.outgoing.length > 1 ? ' | ' : ' ');
  return { edits: new TreeEdits(modeling, '新步骤'), shapes, way };
}

describe('changing it', () => {
  test('[DES51] a step is put onto a line: the line leads to it and keeps what it says, and what follows makes room', () => {
    const { edits, shapes, way } = drawing('a', 'b', 'c');
    const [a, b, c] = shapes as [Node, Node, Node];
    const line = a.outgoing[0]!;
    const step = edits.insert(line, 'bpmn:UserTask');
    expect([way(), line.target, (step as unknown as { name: string }).name]).toEqual([
      'a UserTask1 b c',
      step,
      '新步骤',
    ]);
    expect([step.x, b.x, c.x]).toEqual([200, 350, 550]);
  });

  test('[DES51] branches are put onto a line with a step in each, and one more joins them', () => {
    const { edits, shapes, way } = drawing('a', 'b');
    const split = edits.divide(shapes[0]!.outgoing[0]!, 'bpmn:ParallelGateway');
    expect(way()).toBe('a ParallelGateway1 | UserTask3 ParallelGateway2 b | UserTask4 ParallelGateway2 b');
    const join = split.outgoing[0]!.target.outgoing[0]!.target;
    edits.branch(split, join);
    expect([split.outgoing.length, join.incoming.length]).toEqual([3, 3]);
  });

  test('[DES51] a step that is taken out leaves the others connected', () => {
    const { edits, shapes, way } = drawing('a', 'b', 'c');
    edits.remove(shapes[1]!);
    expect(way()).toBe('a c');
  });

  test('[DES51] a step is moved before the one before it', () => {
    const { edits, shapes, way } = drawing('a', 'b', 'c', 'd');
    edits.move(shapes[2]!, shapes[0]!.outgoing[0]!);
    expect(way()).toBe('a c b d');
  });
});
