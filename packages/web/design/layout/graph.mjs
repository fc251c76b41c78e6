/**
 * Owns one plane of a process as a graph for ELK and back: shapes, the events on their borders as ports at the bottom, flows with their
 * names as edges with labels. Must never change the process. It is JavaScript because `npm run layout` runs it as it is; ELK is given by who
 * asks: the script has it in its own thread, the editor in a worker.
 */
import { GAP, namedOutside, shapeSize, textSize } from './measure.mjs';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelNode': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.feedbackEdges': 'true',
};

/** A picture fits on a screen at full size: with room between the steps if there is, closer together, or in rows. */
const SCREEN = { width: 1424 - 2 * GAP, height: 800 - 2 * GAP };
const between = (steps, lines) => ({
  'elk.layered.spacing.nodeNodeBetweenLayers': steps,
  'elk.layered.spacing.edgeNodeBetweenLayers': lines,
  'elk.layered.spacing.edgeEdgeBetweenLayers': lines,
});
const DISTANCES = [between('36', '12'), between('24', '10'), between('18', '10'), between('14', '8')];
const IN_ROWS = {
  'elk.spacing.nodeNode': '16',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.layered.wrapping.additionalEdgeSpacing': '12',
};
/** How long rows may be, and which flows are taken for the way back. Of all pictures that fit, that with the shortest lines is taken. */
const ASPECTS = ['3', '2.4', '2', '1.6', '1.2', '0.8'];
const WAYS_BACK = ['DEPTH_FIRST', 'GREEDY', 'MODEL_ORDER'];

/** Shapes, waypoints and labels of a plane in whole pixels: `{ shapes, labels, edges }`, each a Map by id; `fits`: at full size it is no larger than a screen. */
export async function placed(scope, elk) {
  const drawing = await drawingOf(scope, elk);
  let below = Math.max(...bottoms(drawing)) + 3 * GAP;
  for (const annotation of annotationsOf(scope)) {
    const size = shapeSize(annotation);
    drawing.shapes.set(annotation.id, { x: GAP, y: below, ...size });
    below += size.height + GAP;
  }
  return drawing;
}

export const annotationsOf = (scope) => (scope.artifacts ?? []).filter(({ $type }) => $type === 'bpmn:TextAnnotation');

const bottoms = ({ shapes, labels, edges }) => [
  ...[...shapes.values(), ...labels.values()].map(({ y, height }) => y + height),
  ...[...edges.values()].flat().map(({ y }) => y),
];

async function drawingOf(scope, elk) {
  let drawing;
  for (const distance of DISTANCES) {
    drawing = await laidOut(scope, { ...distance, 'elk.layered.cycleBreaking.strategy': WAYS_BACK[0] }, elk);
    if (drawing.width <= SCREEN.width) return { ...collected(scope, drawing), fits: true };
  }
  const inRows = WAYS_BACK.flatMap((way) =>
    ASPECTS.map((aspect) => ({ 'elk.layered.cycleBreaking.strategy': way, 'elk.aspectRatio': aspect })),
  );
  let best;
  for (const options of inRows) {
    const rows = await laidOut(scope, { ...IN_ROWS, ...options }, elk).catch(() => undefined);
    if (rows && fits(rows) && !(best && ink(best) <= ink(rows))) best = rows;
  }
  return { ...collected(scope, best ?? drawing), fits: best !== undefined };
}

/** ELK sometimes forgets a line, or lets it end nowhere, when it breaks a picture into rows. */
function fits({ width, height, edges, children }) {
  const boxes = new Map();
  for (const { ports = [], ...node } of children) {
    boxes.set(node.id, node);
    for (const port of ports) boxes.set(port.id, { ...port, x: node.x + port.x, y: node.y + port.y });
  }
  const meets = ({ x, y }, box) =>
    x > box.x - 1 && x < box.x + box.width + 1 && y > box.y - 1 && y < box.y + box.height + 1;
  const joined = ({ sections: [line] = [], sources, targets }) =>
    line && meets(line.startPoint, boxes.get(sources[0])) && meets(line.endPoint, boxes.get(targets[0]));
  return width <= SCREEN.width && height <= SCREEN.height && edges.every(joined);
}

/** Length of all lines; a bend counts as much as a long detour. */
const ink = ({ edges }) =>
  edges.reduce((sum, { sections: [{ startPoint, bendPoints = [], endPoint }] }) => {
    const points = [startPoint, ...bendPoints, endPoint];
    const length = points
      .slice(1)
      .reduce((all, { x, y }, i) => all + Math.abs(x - points[i].x) + Math.abs(y - points[i].y), 0);
    return sum + length + bendPoints.length * BEND;
  }, 0);
const BEND = 60;

function laidOut(scope, options, elk) {
  const graph = graphOf(scope);
  return elk.layout({ ...graph, layoutOptions: { ...graph.layoutOptions, ...options } });
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

/** A step of a few pixels at an end of a line is taken out: the line may leave and meet its shapes anywhere. */
const STEP = 14;
function straightened(points) {
  const [, second, third, fourth] = points;
  if (fourth && second.x === third.x && Math.abs(second.y - third.y) <= STEP)
    return straightened([{ x: points[0].x, y: third.y }, ...points.slice(3)]);
  const [last, before, first] = [points.at(-2), points.at(-3), points.at(-4)];
  if (first && last.x === before.x && Math.abs(last.y - before.y) <= STEP)
    return straightened([...points.slice(0, -3), { x: points.at(-1).x, y: before.y }]);
  return points;
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
    const points = straightened(
      [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x: Math.round(x) + GAP, y: Math.round(y) + GAP })),
    );
    const end = (first, next, id) => met(first, next, elements.get(id), shapes.get(id));
    const [from, to] = [edge.sources[0], edge.targets[0]];
    const ends = [end(points[0], points[1], from), end(points.at(-1), points.at(-2), to)];
    routes.set(edge.id, [ends[0], ...points.slice(1, -1), ends[1]]);
    name(origin, edge);
  }
  return { shapes, labels, edges: routes };
}
