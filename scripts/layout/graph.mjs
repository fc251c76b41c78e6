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
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.feedbackEdges': 'true',
};

/** Shapes, waypoints and labels of a plane, in whole pixels: `{ shapes, labels, edges, width, height }`, each a Map by id. */
export async function placed(scope, wrapAt) {
  const elements = scope.flowElements ?? [];
  const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow');
  const nodes = elements.filter(({ $type }) => $type !== 'bpmn:SequenceFlow');
  const attached = (node) => nodes.filter(({ attachedToRef }) => attachedToRef === node);
  const graph = {
    id: scope.id,
    layoutOptions: wrapAt ? { ...OPTIONS, ...wrapping(wrapAt) } : OPTIONS,
    children: nodes.filter(({ attachedToRef }) => !attachedToRef).map((node) => box(node, attached(node))),
    edges: flows.map((flow) => ({
      id: flow.id,
      sources: [flow.sourceRef.id],
      targets: [flow.targetRef.id],
      labels: flow.name ? [{ id: `${flow.id}_label`, text: flow.name, ...textSize(flow.name) }] : [],
    })),
  };
  return collected(await new ELK().layout(graph));
}

const wrapping = (ratio) => ({
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.aspectRatio': String(ratio),
  'elk.layered.wrapping.additionalEdgeSpacing': '20',
});

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

function collected({ children, edges, width, height }) {
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
    routes.set(
      edge.id,
      [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x: Math.round(x) + GAP, y: Math.round(y) + GAP })),
    );
    name(origin, edge);
  }
  return { shapes, labels, edges: routes, width: Math.ceil(width), height: Math.ceil(height) };
}
