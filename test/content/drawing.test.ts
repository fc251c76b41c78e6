/** Rules [CON53], [CON54], [CON60], [CON61] and [CON83]: the drawings of the processes can be read, and the command that makes them. */
import { drawingOf as shownOf } from '@ganwei/process/drawing';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import { drawn } from '../../scripts/layout/diagram.mjs';
import { content } from './desk.ts';

interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Drawing {
  /** of the process or sub-process */
  scope: string;
  shapes: Box[];
  labels: Box[];
  /** each straight piece of a flow, as a box without breadth */
  lines: (Box & { ends: readonly string[] })[];
  /** flow -> where it leaves and arrives, with the shapes it joins */
  ends: { shape: string; at: Point }[];
  /** shape -> the shape on whose border it sits */
  hosts: Map<string, string>;
}

interface Point {
  x: number;
  y: number;
}

/** What bpmn-moddle gives of an element of a drawing. */
interface Drawn {
  bpmnElement: { id: string; attachedToRef?: { id: string }; sourceRef?: { id: string }; targetRef?: { id: string } };
  bounds?: Omit<Box, 'id'>;
  label?: { bounds?: Omit<Box, 'id'> };
  waypoint?: Point[];
}
interface Plane {
  bpmnElement: { id: string };
  planeElement: Drawn[];
}

async function drawingsOf(source: string): Promise<Drawing[]> {
  const { rootElement } = await new BpmnModdle().fromXML(source);
  const { diagrams } = rootElement as unknown as { diagrams: { plane: Plane }[] };
  return diagrams.map(({ plane }) => drawingOf(plane));
}

const boxed = (id: string, { x, y, width, height }: Omit<Box, 'id'>): Box => ({ id, x, y, width, height });

function drawingOf({ bpmnElement: { id: scope }, planeElement }: Plane): Drawing {
  const drawing: Drawing = { scope, shapes: [], labels: [], lines: [], ends: [], hosts: new Map() };
  for (const { bpmnElement: element, bounds, label, waypoint = [] } of planeElement) {
    if (bounds) drawing.shapes.push(boxed(element.id, bounds));
    if (label?.bounds) drawing.labels.push(boxed(element.id, label.bounds));
    if (element.attachedToRef) drawing.hosts.set(element.id, element.attachedToRef.id);
    const ends = [element.sourceRef?.id ?? '', element.targetRef?.id ?? ''] as const;
    const [first, last] = [waypoint[0], waypoint.at(-1)];
    if (first && last) drawing.ends.push({ shape: ends[0], at: first }, { shape: ends[1], at: last });
    waypoint.slice(1).forEach((to, i) => {
      const from = waypoint[i] as Point;
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      const size = { width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
      drawing.lines.push({ id: element.id, x, y, ...size, ends });
    });
  }
  return drawing;
}

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
/** A line has no breadth; half a pixel on each side makes it meet what it crosses. */
const broad = (line: Box): Box => ({
  ...line,
  x: line.x - 0.5,
  y: line.y - 0.5,
  width: line.width + 1,
  height: line.height + 1,
});
const pairs = (ones: readonly Box[], others: readonly Box[]): string[] =>
  ones.flatMap((one) => others.filter((other) => one !== other && meet(one, other)).map(({ id }) => `${one.id} ${id}`));

/** What a screen 1440 wide shows of a process without scrolling, at full size. */
const SCREEN = { width: 1424, height: 860 };
const far = (boxes: readonly Box[]) => ({
  width: Math.max(...boxes.map(({ x, width }) => x + width)),
  height: Math.max(...boxes.map(({ y, height }) => y + height)),
});

const processes = content().filter(({ kind }) => kind === 'process');

/** The steps of people as the text says them: who does them, and in which colour they are drawn. */
function stepsOf(source: string): { id: string; organ?: string; colour?: string }[] {
  return [...source.matchAll(/<bpmn:userTask id="(\w+)"[\s\S]*?<\/bpmn:userTask>/g)].map(([text, id]) => ({
    id: id as string,
    organ: /<bpmn:categoryValueRef>(\w+)</.exec(text)?.[1],
    colour: new RegExp(`bpmnElement="${id}" color:background-color="(#\\w+)"`).exec(source)?.[1],
  }));
}

describe.each(processes)('$key', async ({ source }) => {
  const drawings = await drawingsOf(source);

  test('[CON53] everything is drawn, and no shape lies on another', () => {
    expect(drawings.length).toBeGreaterThan(0);
    for (const { shapes, hosts } of drawings) {
      expect(shapes.length).toBeGreaterThan(0);
      const onBorder = (pair: string) => pair.split(' ').some((id, i, both) => hosts.get(id) === both[1 - i]);
      expect(pairs(shapes, shapes).filter((pair) => !onBorder(pair))).toEqual([]);
    }
  });

  test('[CON53] no name lies on a line, on a shape or on another name', () => {
    for (const { shapes, labels, lines } of drawings) {
      expect(pairs(labels, shapes)).toEqual([]);
      expect(pairs(labels, labels)).toEqual([]);
      expect(pairs(labels, lines.map(broad))).toEqual([]);
    }
  });

  test('[CON53] a flow passes no shape but those it joins, and runs straight across or down', () => {
    for (const { shapes, lines } of drawings) {
      expect(lines.filter(({ width, height }) => width > 0 && height > 0)).toEqual([]);
      const passed = lines.flatMap((line) =>
        shapes
          .filter((shape) => !line.ends.includes(shape.id) && meet(broad(line), shape))
          .map(({ id }) => [line.id, id]),
      );
      expect(passed).toEqual([]);
    }
  });

  test('[CON53] a flow leaves and arrives at the very shapes it joins', () => {
    for (const { shapes, ends } of drawings) {
      const loose = ends.filter(({ shape, at: { x, y } }) => {
        const box = shapes.find(({ id }) => id === shape);
        return !box || !meet(box, { id: '', x: x - 1, y: y - 1, width: 2, height: 2 });
      });
      expect(loose).toEqual([]);
    }
  });

  test('[CON60] the whole and every phase fit on a screen at full size', () => {
    for (const { scope, shapes, labels, lines } of drawings) {
      const { width, height } = far([...shapes, ...labels, ...lines]);
      expect(width, scope).toBeLessThanOrEqual(SCREEN.width);
      expect(height, scope).toBeLessThanOrEqual(SCREEN.height);
    }
  });

  test('[CON61] steps of people have the colour of their organ, and the colours are told below them', () => {
    const steps = stepsOf(source);
    const organs = new Set(steps.map(({ organ }) => organ));
    if (!source.includes('<bpmn:category ')) return;
    expect(steps.filter(({ organ, colour }) => !organ || !colour).map(({ id }) => id)).toEqual([]);
    expect(new Set(steps.map(({ organ, colour }) => `${organ} ${colour}`)).size).toBe(organs.size);
    expect(new Set(steps.map(({ colour }) => colour)).size).toBe(organs.size);
    for (const { scope, shapes } of drawings) {
      const drawn = new Set(shapes.map(({ id }) => id));
      const told = shapes.some(({ id }) => source.includes(`<bpmn:textAnnotation id="${id}">`));
      expect(told, scope).toBe(told || steps.some(({ id }) => drawn.has(id)));
    }
  });

  test('[CON60] staff are shown the same planes', async () => {
    expect(await drawingsOf(await shownOf(source))).toEqual(drawings);
  });
});

describe('the layout command', () => {
  const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://ganwei.dev">
  <process id="p" name="过程">
    <startEvent id="begin" name="开始"/>
    <subProcess id="phase" name="阶段"><userTask id="inside" name="办理"/></subProcess>
    <boundaryEvent id="late" name="逾期" attachedToRef="phase"><timerEventDefinition id="t"/></boundaryEvent>
    <endEvent id="done" name="办结"/>
    <sequenceFlow id="begin_to_phase" sourceRef="begin" targetRef="phase"/>
    <sequenceFlow id="phase_to_done" name="办完" sourceRef="phase" targetRef="done"/>
    <sequenceFlow id="late_to_done" sourceRef="late" targetRef="done"/>
  </process>
</definitions>
`;

  test('[CON54] draws the process and, on a plane of its own, the inside of every sub-process', async () => {
    const drawings = await drawingsOf(await drawn(xml));
    expect(drawings.map(({ shapes }) => shapes.map(({ id }) => id))).toEqual([
      ['begin', 'phase', 'late', 'done'],
      ['inside'],
    ]);
  });

  test('[CON54] puts the event on the lower border and leads the work from left to right', async () => {
    const [{ shapes } = { shapes: [] }] = await drawingsOf(await drawn(xml));
    const [begin, phase, late, done] = shapes as [Box, Box, Box, Box];
    expect(begin.x + begin.width).toBeLessThan(phase.x);
    expect(phase.x + phase.width).toBeLessThan(done.x);
    expect(late.y + late.height / 2).toBe(phase.y + phase.height);
  });

  test('[CON54] changes nothing but the drawing, and draws the same again', async () => {
    const once = await drawn(xml);
    const [declared, drawing] = [
      / xmlns:(bpmndi|dc|di)="[^"]*"/g,
      /\s*<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/,
    ];
    expect(once.replace(drawing, '').replace(declared, '')).toBe(xml);
    expect(await drawn(once)).toBe(once);
  });

  test('[CON54] colours what refers to a value of the category, and writes annotations below everything', async () => {
    const grouped = xml
      .replace(
        '<process ',
        '<category id="c"><categoryValue id="a" value="甲"/><categoryValue id="b" value="乙"/></category>\n  <process ',
      )
      .replace('name="办理"/>', 'name="办理"><categoryValueRef>b</categoryValueRef></userTask>')
      .replace('</process>', '<textAnnotation id="note"><text>颜色：乙</text></textAnnotation>\n  </process>');
    const text = await drawn(grouped);
    expect(text).toContain('xmlns:color=');
    expect([...text.matchAll(/bpmnElement="(\w+)" color:background-color/g)].map(([, id]) => id)).toEqual(['inside']);
    const [{ shapes } = { shapes: [] }] = await drawingsOf(text);
    const [note] = shapes.filter(({ id }) => id === 'note');
    expect(note?.y).toBeGreaterThan(far(shapes.filter(({ id }) => id !== 'note')).height);
    expect(await drawn(text)).toBe(text);
  });
});

const WORDS = new Map([
  ['#f0f0f0', '灰'],
  ['#fff7cc', '黄'],
  ['#efe3fb', '紫'],
  ['#d3f0ee', '青'],
  ['#ffdfdc', '红'],
  ['#ead9c7', '褐'],
]);

test.each(content().filter(({ kind }) => kind === 'process'))(
  '[CON83] the legends of $file name each organ with the colour that its steps have',
  ({ source }) => {
    const all = (pattern: RegExp): string[][] => [...source.matchAll(pattern)].map((match) => match.slice(1));
    const organs = new Map(all(/<bpmn:categoryValue id="([^"]+)" value="([^"]+)"/g) as [string, string][]);
    const fills = new Map(all(/bpmnElement="([^"]+)" color:background-color="([^"]+)"/g) as [string, string][]);
    const steps = all(/<bpmn:userTask id="([^"]+)"(?:(?!<\/bpmn:userTask>)[\s\S])*?<bpmn:categoryValueRef>([^<]+)</g);
    const drawn = new Set(steps.map(([id, organ]) => `${WORDS.get(fills.get(id!) ?? '')}（${organs.get(organ!)}）`));
    const told = all(/颜色：([^<]*)/g).flatMap(([legend]) => legend!.match(/[^、；：]（[^）]+）/g) ?? []);
    expect(told.filter((one) => !one.startsWith('白') && !drawn.has(one))).toEqual([]);
  },
);
