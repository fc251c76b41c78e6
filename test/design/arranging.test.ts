/** Rule [DES14]: what is drawn goes where the layout of the house puts it. */

import { BpmnModdle } from 'bpmn-moddle';
import ELK from 'elkjs/lib/elk.bundled.js';
import { expect, test } from 'vitest';
import { ArrangeHandler } from '../../packages/web/design/flow/arranging.ts';
import { type Box, type Point, placed } from '../../packages/web/design/layout/graph.mjs';
import { flows } from './content.ts';

type Shape = Box & { id: string; host?: unknown; labels?: Shape[]; waypoints?: readonly Point[] };

test('[DES14] shapes come first, then the events on their borders, lines, and names last; each stands where the layout has it', async () => {
  const { source } = flows().find(({ key }) => key === 'rectification')!;
  const { rootElement } = (await new BpmnModdle().fromXML(source)) as never as {
    rootElement: { rootElements: { $type: string; flowElements: { id: string; attachedToRef?: object }[] }[] };
  };
  const process = rootElement.rootElements.find(({ $type }) => $type === 'bpmn:Process')!;
  const arrangement = await placed(process, new ELK());
  const hosts = new Map(process.flowElements.map(({ id, attachedToRef }) => [id, attachedToRef]));
  const shapes = new Map<string, Shape>();
  for (const [id, { width, height }] of arrangement.shapes) {
    const label = { id: `${id}_label`, x: 0, y: 0, width: 60, height: 14 };
    shapes.set(id, { id, x: 0, y: 0, width, height, host: hosts.get(id), labels: [label] });
  }
  for (const id of arrangement.edges.keys()) shapes.set(id, { id, x: 0, y: 0, width: 0, height: 0, labels: [] });
  const order: string[] = [];
  const handler = new ArrangeHandler({ get: (id: string) => shapes.get(id) as never }, {
    moveShape(shape: Shape, by: Point) {
      Object.assign(shape, { x: shape.x + by.x, y: shape.y + by.y });
      order.push(shape.id.endsWith('_label') ? 'name' : shape.host ? 'event' : 'shape');
    },
    updateWaypoints(line: Shape, waypoints: readonly Point[]) {
      Object.assign(line, { waypoints });
      order.push('line');
    },
  } as never);
  handler.preExecute(arrangement);
  for (const [id, { x, y }] of arrangement.shapes)
    expect([id, shapes.get(id)?.x, shapes.get(id)?.y]).toEqual([id, x, y]);
  for (const [id, points] of arrangement.edges) expect([id, shapes.get(id)?.waypoints]).toEqual([id, points]);
  const rank = order.map((kind) => ['shape', 'event', 'line', 'name'].indexOf(kind));
  expect(rank).toEqual(rank.toSorted((one, other) => one - other));
  expect(new Set(order)).toEqual(new Set(['shape', 'event', 'line', 'name']));
});
