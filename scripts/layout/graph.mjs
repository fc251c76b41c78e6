/**
 * Owns one plane of a process as a graph for ELK and back: shapes, the events on their borders as ports at the bottom, flows with their
 * names as edges with labels. Must never change the process.
 */
import ELK from 'elkjs/lib/elk.bundled.js';
import { GAP, namedOutside, shapeSize, textSize } from './measure.mjs';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelNode': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** A picture wider than a large screen is broken into rows. */
const WIDEST = 1900;
const IN_ROWS = {
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.layered.wrapping.additionalEdgeSpacing': '20',
  'elk.aspectRatio': '1.6',
};
/** Which flows are taken for the way back: the first that ELK can also break into rows. Depth first keeps the order of the work. */
const WAYS_BACK = [
  { 'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST' },
  { 'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST', 'elk.layered.feedbackEdges': 'true' },
  { 'elk.layered.cycleBreaking.strategy': 'GREEDY' },
];

/** Shapes, waypoints and labels of a plane in whole pixels: `{ shapes, labels, edges }`, each a Map by id. */
export async function placed(scope) {
  const straight = await laidOut(scope, WAYS_BACK[0]);
  if (straight.width <= WIDEST) return collected(scope, straight);
  for (const way of WAYS_BACK) {
    try {
      return collected(scope, await laidOut(scope, { ...way, ...IN_ROWS }));
    } catch (error) {
      console.warn(`${scope.id}: ${Object.values(way).join(' ')} cannot be broken into rows (${error.message})`);
    }
  }
  return collected(scope, straight);
}

function laidOut(scope, options) {
  const graph = graphOf(scope);
  return new ELK().layout({ ...graph, layoutOptions: { ...graph.layoutOptions, ...options } });
}

/** The plane as ELK takes it. */
export function graphOf(scope) {
  const elements = scope.flowElements ?? [];
  const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow');
  const nodes = elements.filter(({ $type }) => $type !== 'bpmn:SequenceFlow');
  const attached = (node) => nodes.filter(({ attachedToRef }) => attachedToRef === node);
  return {
    id: scope.id,
    layoutOptions: { ...OPTIONS },
    children: nodes.filter(({ attachedToRef }) => !attachedToRef).map((node) => box(node, attached(node))),
    edges: flows.map((flow) => ({
      id: flow.id,
      sources: [flow.sourceRef.id],
      targets: [flow.targetRef.id],
      labels: flow.name ? [{ id: `${flow.id}_label`, text: flow.name, ...textSize(flow.name) }] : [],
    })),
  };
}

/** A node with the events on its lower border. */
function box(node, events) {
  return {
    id: node.id,
    ...shapeSize(node),
    layoutOptions: {
      'elk.portConstraints': events.length ? 'FIXED_SIDE' : 'FREE',
      'elk.nodeLabels.placement': 'OUTSIDE V_BOTTOM H_CENTER',
      'elk.portLabels.placement': 'OUTSIDE',
    },
    labels: namedOutside(node) ? [{ id: `${node.id}_label`, text: node.name, ...textSize(node.name) }] : [],
    ports: events.map((event) => ({
      id: event.id,
      ...shapeSize(event),
      layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.borderOffset': '-18' },
      labels: namedOutside(event) ? [{ id: `${event.id}_label`, text: event.name, ...textSize(event.name) }] : [],
    })),
  };
}

/** How far the outline of a round or pointed shape lies inside its box, at a distance from the middle of a side. */
function inset({ $type }, size, off) {
  if (/Gateway$/.test($type)) return Math.abs(off);
  if (/Event$/.test($type)) return size / 2 - Math.sqrt(Math.max(0, (size / 2) ** 2 - off ** 2));
  return 0;
}

/** The end of a line moved from the box of a shape to its outline, along the line. */
function met(point, next, node, box) {
  if (point.y === next.y) {
    const step = inset(node, box.width, point.y - box.y - box.height / 2);
    return { x: Math.round(point.x + (next.x > point.x ? -step : step)), y: point.y };
  }
  const step = inset(node, box.height, point.x - box.x - box.width / 2);
  return { x: point.x, y: Math.round(point.y + (next.y > point.y ? -step : step)) };
}

function collected(scope, { children, edges }) {
  const elements = new Map((scope.flowElements ?? []).map((element) => [element.id, element]));
  const shapes = new Map();
  const labels = new Map();
  const routes = new Map();
  const at = (holder, { x, y, width: w, height: h }) => ({
    x: Math.round(holder.x + x) + GAP,
    y: Math.round(holder.y + y) + GAP,
    width: w,
    height: h,
  });
  const origin = { x: 0, y: 0 };
  const name = (holder, own) => {
    for (const label of own.labels ?? []) labels.set(own.id, at(holder, label));
  };
  for (const node of children) {
    shapes.set(node.id, at(origin, node));
    name(node, node);
    for (const port of node.ports ?? []) {
      shapes.set(port.id, at(node, port));
      name({ x: node.x + port.x, y: node.y + port.y }, port);
    }
  }
  for (const edge of edges) {
    const [{ startPoint, bendPoints = [], endPoint }] = edge.sections;
    const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({
      x: Math.round(x) + GAP,
      y: Math.round(y) + GAP,
    }));
    const end = (first, next, id) => met(first, next, elements.get(id), shapes.get(id));
    const [from, to] = [edge.sources[0], edge.targets[0]];
    const ends = [end(points[0], points[1], from), end(points.at(-1), points.at(-2), to)];
    routes.set(edge.id, [ends[0], ...points.slice(1, -1), ends[1]]);
    name(origin, edge);
  }
  return { shapes, labels, edges: routes };
}
