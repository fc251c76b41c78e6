/**
 * Owns the drawing of an imported file: shapes and lines by the id of what they draw, apart from the tree, so that what is added gets a place and what is
 * gone is drawn no longer. A flow of which anything has no place is laid out anew, simply, for the editor to arrange. Rule: [FOR50].
 */
import {
  append,
  childOf,
  childrenOf,
  everyTag,
  idOf,
  isA,
  isActivity,
  isEvent,
  isGateway,
  isNode,
  isScope,
  remove,
  type Tag,
  tag,
  take,
} from './tag.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Point {
  x: number;
  y: number;
}
interface Shape extends Box {
  label: Box | undefined;
  attributes: Readonly<Record<string, string>>;
}
interface Line {
  points: Point[];
  label: Box | undefined;
}

const SIZES = {
  activity: { width: 100, height: 80 },
  event: { width: 36, height: 36 },
  gateway: { width: 50, height: 50 },
};
const sizeOf = (of: Tag): { width: number; height: number } =>
  SIZES[isEvent(of) ? 'event' : isGateway(of) ? 'gateway' : 'activity'];

/** What a shape says of itself besides its place. */
const OWN = [
  'isHorizontal',
  'isExpanded',
  'isMarkerVisible',
  'bioc:stroke',
  'bioc:fill',
  'color:background-color',
  'color:border-color',
];

export class Drawing {
  readonly #shapes = new Map<string, Shape>();
  readonly #lines = new Map<string, Line>();

  /** Takes the drawing out of the tree; of what it says twice, the first counts. */
  constructor(root: Tag) {
    for (const diagram of childrenOf(root, 'bpmndi:BPMNDiagram')) {
      for (const drawn of everyTag(diagram)) this.#read(drawn);
      remove(diagram);
    }
  }

  #read(drawn: Tag): void {
    const of = drawn.attributes.get('bpmnElement') ?? '';
    const box = boxIn(drawn);
    const label = childOf(drawn, 'bpmndi:BPMNLabel');
    const labelled = label && boxIn(label);
    if (drawn.name === 'bpmndi:BPMNShape' && box && !this.#shapes.has(of))
      this.#shapes.set(of, { ...box, label: labelled, attributes: ownOf(drawn) });
    const points = childrenOf(drawn, 'di:waypoint').flatMap((point) => pointIn(point) ?? []);
    if (drawn.name === 'bpmndi:BPMNEdge' && points.length > 1 && !this.#lines.has(of))
      this.#lines.set(of, { points, label: labelled });
  }

  /** A place for something new, behind what is there. */
  beside(made: Tag, of: Tag, distance = 50): void {
    const from = this.#shapes.get(idOf(of));
    if (!from) return;
    const size = sizeOf(made);
    const side = distance < 0 ? distance - size.width : from.width + distance;
    const middle = from.y + from.height / 2;
    this.#shapes.set(idOf(made), {
      x: from.x + side,
      y: middle - size.height / 2,
      ...size,
      label: undefined,
      attributes: {},
    });
  }

  /** It is of another kind now and has the size of that, around the same middle. */
  resize(of: Tag): void {
    const shape = this.#shapes.get(idOf(of));
    if (!shape) return;
    const size = sizeOf(of);
    const { x, y, width, height } = shape;
    const moved = { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2 };
    this.#shapes.set(idOf(of), { ...shape, ...moved, ...size, label: undefined });
  }

  /** A line between two shapes, straight. */
  connect(line: Tag, from: string, to: string): void {
    const [a, b] = [this.#shapes.get(from), this.#shapes.get(to)];
    if (a && b) this.#lines.set(idOf(line), { points: between(a, b), label: undefined });
  }

  /** What is drawn of a flow: everything in it, and the pool and lanes around. */
  write(definitions: Tag, process: Tag, pool: Tag | undefined): 'drawn' | 'laid-out' {
    const complete = [...everyTag(process)].every((of) => !isDrawn(of) || this.#has(of));
    if (!complete) this.#layOut(process);
    const planes: Tag[] = [];
    this.#plane(definitions, process, pool, planes);
    for (const [index, plane] of planes.entries())
      append(definitions, tag('bpmndi:BPMNDiagram', { id: `diagram${index === 0 ? '' : `-${index + 1}`}` }, [plane]));
    return complete ? 'drawn' : 'laid-out';
  }

  #has = (of: Tag): boolean => (of.name === 'bpmn:sequenceFlow' ? this.#lines : this.#shapes).has(idOf(of));

  /** One plane, and one for each phase that is closed. */
  #plane(definitions: Tag, scope: Tag, pool: Tag | undefined, planes: Tag[]): void {
    const on = pool?.parent ? idOf(pool.parent) : idOf(scope);
    const plane = tag('bpmndi:BPMNPlane', { id: `${on}_plane`, bpmnElement: on });
    planes.push(plane);
    if (pool) this.#draw(plane, pool);
    const closed: Tag[] = [];
    this.#inside(plane, scope, closed);
    for (const phase of closed) this.#plane(definitions, phase, undefined, planes);
  }

  #inside(plane: Tag, scope: Tag, closed: Tag[]): void {
    for (const of of everyTag(scope)) {
      if (of.parent !== scope && of.name !== 'bpmn:lane') continue;
      this.#draw(plane, of);
      if (!isA(of, 'subProcess', 'adHocSubProcess', 'transaction')) continue;
      if (this.#shapes.get(idOf(of))?.attributes.isExpanded === 'false') closed.push(of);
      else this.#inside(plane, of, closed);
    }
  }

  #draw(plane: Tag, of: Tag): void {
    const id = idOf(of);
    const shape = this.#shapes.get(id);
    const line = this.#lines.get(id);
    const about = { id: `${id}_di`, bpmnElement: id };
    if (line && isLine(of))
      append(plane, tag('bpmndi:BPMNEdge', about, [...line.points.map(waypoint), ...labelled(line.label)]));
    else if (shape && !isLine(of)) {
      const children = [bounds(shape), ...labelled(shape.label)];
      append(plane, tag('bpmndi:BPMNShape', { ...about, ...shape.attributes }, children));
    }
  }

  /** Columns by the number of steps from the start; phases are closed and have a page of their own. */
  #layOut(scope: Tag): void {
    const nodes = scope.children.filter(isNode);
    const flows = childrenOf(scope, 'bpmn:sequenceFlow');
    const columns = columnsOf(nodes, flows);
    const rows = new Map<number, number>();
    for (const node of nodes.filter((one) => !isA(one, 'boundaryEvent')))
      this.#place(node, columns.get(idOf(node)) ?? 0, rows);
    for (const node of nodes.filter((one) => isA(one, 'boundaryEvent'))) this.#attach(node, nodes);
    for (const note of childrenOf(scope, 'bpmn:textAnnotation')) this.#note(note, rows);
    for (const flow of flows)
      this.connect(flow, flow.attributes.get('sourceRef') ?? '', flow.attributes.get('targetRef') ?? '');
    for (const one of childrenOf(scope, 'bpmn:association'))
      this.connect(one, one.attributes.get('sourceRef') ?? '', one.attributes.get('targetRef') ?? '');
    for (const phase of nodes.filter(isScope)) this.#layOut(phase);
  }

  #place(node: Tag, column: number, rows: Map<number, number>): void {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    const size = sizeOf(node);
    const at = { x: 160 + column * 170 + (100 - size.width) / 2, y: 100 + row * 130 + (80 - size.height) / 2 };
    const attributes: Shape['attributes'] = isScope(node) ? { isExpanded: 'false' } : {};
    this.#shapes.set(idOf(node), { ...at, ...size, label: undefined, attributes });
  }

  #attach(event: Tag, nodes: readonly Tag[]): void {
    const host = event.attributes.get('attachedToRef');
    const on = host === undefined ? undefined : this.#shapes.get(host);
    const beside = nodes.filter((one) => one.attributes.get('attachedToRef') === host).indexOf(event);
    const { width, height } = SIZES.event;
    const at = on ? { x: on.x + 8 + beside * 44, y: on.y + on.height - 18 } : { x: 40, y: 40 };
    this.#shapes.set(idOf(event), { ...at, width, height, label: undefined, attributes: {} });
  }

  #note(note: Tag, rows: Map<number, number>): void {
    const row = rows.get(-1) ?? 0;
    rows.set(-1, row + 1);
    this.#shapes.set(idOf(note), {
      x: 160 + row * 130,
      y: 10,
      width: 120,
      height: 50,
      label: undefined,
      attributes: {},
    });
  }
}

const isLine = (of: Tag): boolean => ['bpmn:sequenceFlow', 'bpmn:association'].includes(of.name);
const isDrawn = (of: Tag): boolean => isActivity(of) || isEvent(of) || isGateway(of) || of.name === 'bpmn:sequenceFlow';

/** Steps from where nothing leads in; a way back ends where it has been before. */
function columnsOf(nodes: readonly Tag[], flows: readonly Tag[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const flow of flows) {
    const from = flow.attributes.get('sourceRef') ?? '';
    next.set(from, [...(next.get(from) ?? []), flow.attributes.get('targetRef') ?? '']);
  }
  for (const node of nodes) {
    const host = node.attributes.get('attachedToRef');
    if (host !== undefined) next.set(host, [...(next.get(host) ?? []), ...(next.get(idOf(node)) ?? [])]);
  }
  const columns = new Map<string, number>();
  let todo = nodes.filter((node) => isA(node, 'startEvent')).map(idOf);
  for (let column = 0; todo.length > 0; column += 1) {
    const fresh = [...new Set(todo)].filter((id) => !columns.has(id));
    for (const id of fresh) columns.set(id, column);
    todo = fresh.flatMap((id) => next.get(id) ?? []);
  }
  return columns;
}

function ownOf(drawn: Tag): Record<string, string> {
  const own: Record<string, string> = {};
  for (const name of OWN) {
    const value = take(drawn, name);
    if (value !== undefined) own[name] = value;
  }
  return own;
}

function boxIn(of: Tag): Box | undefined {
  const bounds = childOf(of, 'dc:Bounds');
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(bounds?.attributes.get(name)));
  return bounds && [x, y, width, height].every(Number.isFinite) ? ({ x, y, width, height } as Box) : undefined;
}

function pointIn(of: Tag): Point | undefined {
  const [x, y] = ['x', 'y'].map((name) => Number(of.attributes.get(name)));
  return Number.isFinite(x) && Number.isFinite(y) ? ({ x, y } as Point) : undefined;
}

const text = (value: number): string => String(Math.round(value * 100) / 100);
const waypoint = ({ x, y }: Point): Tag => tag('di:waypoint', { x: text(x), y: text(y) });
const bounds = ({ x, y, width, height }: Box): Tag =>
  tag('dc:Bounds', { x: text(x), y: text(y), width: text(width), height: text(height) });
const labelled = (label: Box | undefined): Tag[] => (label ? [tag('bpmndi:BPMNLabel', {}, [bounds(label)])] : []);

function between(a: Box, b: Box): Point[] {
  const middle = (box: Box): number => box.y + box.height / 2;
  const ahead = b.x >= a.x + a.width;
  const from = { x: ahead ? a.x + a.width : a.x + a.width / 2, y: ahead ? middle(a) : a.y + a.height };
  const to = { x: ahead ? b.x : b.x + b.width / 2, y: ahead ? middle(b) : b.y + b.height };
  if (!ahead)
    return [from, { x: from.x, y: Math.max(from.y, to.y) + 40 }, { x: to.x, y: Math.max(from.y, to.y) + 40 }, to];
  const bend = (from.x + to.x) / 2;
  return from.y === to.y ? [from, to] : [from, { x: bend, y: from.y }, { x: bend, y: to.y }, to];
}
