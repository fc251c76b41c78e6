/**
 * Owns what can be done in the tree: steps and branches put onto a line, taken away, moved. Each makes room in the drawing and is one step of undo; the drawing is
 * put in order by 自动排列. Rule: [DES51].
 */

/** A shape or line, as far as it is looked at here. */
export interface Part {
  readonly id: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly parent: Part;
  readonly children: readonly Part[];
  readonly source: Part;
  readonly target: Part;
  readonly incoming: readonly Part[];
  readonly outgoing: readonly Part[];
  readonly waypoints?: readonly Point[];
  readonly host?: unknown;
  readonly labelTarget?: unknown;
}
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What bpmn-js does. */
export interface Modeling {
  createShape(attributes: { type: string }, at: Point, parent: Part): Part;
  connect(source: Part, target: Part, attributes: { type: string }): Part;
  reconnectEnd(line: Part, target: Part, at: Point): void;
  reconnectStart(line: Part, source: Part, at: Point): void;
  removeElements(parts: readonly Part[]): void;
  updateProperties(part: Part, properties: { name: string }): void;
  moveElements(parts: readonly Part[], by: Point, parent: undefined, hints: object): void;
}

const LINE = { type: 'bpmn:SequenceFlow' };
/** Pixels for a step with the way to the next. */
const ROOM = 150;
const STILL = { autoResize: false };

const middleOf = ({ x, y, width, height }: Part): Point => ({ x: x + width / 2, y: y + height / 2 });

export class TreeEdits {
  readonly #modeling: Modeling;
  readonly #called: string;

  /** `called`: the name of new steps, until they get their own */
  constructor(modeling: Modeling, called: string) {
    this.#modeling = modeling;
    this.#called = called;
  }

  /** A new step on a line; the line leads to it, with its condition, and a new one goes on. */
  insert(line: Part, type: string): Part {
    const { source, target } = line;
    const ahead = target.x >= source.x + source.width;
    if (ahead) this.#makeRoom(target);
    const from = middleOf(source);
    const at = ahead ? { x: middleOf(target).x - ROOM, y: middleOf(target).y } : { x: from.x + ROOM, y: from.y + ROOM };
    const step = this.#made(type, at, line.parent);
    this.#modeling.reconnectEnd(line, step, middleOf(step));
    this.#modeling.connect(step, target, LINE);
    return step;
  }

  /** Two branches on a line, each with a step, and where they meet. */
  divide(line: Part, type: string): Part {
    const split = this.insert(line, type);
    const [on] = split.outgoing;
    if (!on) return split;
    const join = this.insert(on, type);
    const [between] = split.outgoing;
    if (between) this.insert(between, 'bpmn:UserTask');
    this.branch(split, join);
    return split;
  }

  /** One more branch with a step, below the others. */
  branch(split: Part, join: Part): Part {
    const lowest = Math.max(...split.parent.children.filter(isShape).map(({ y, height }) => y + height));
    const step = this.#made('bpmn:UserTask', { x: middleOf(split).x + ROOM, y: lowest + 80 }, split.parent);
    this.#modeling.connect(split, step, LINE);
    this.#modeling.connect(step, join, LINE);
    return step;
  }

  /** Takes a step out; what led to it leads on. */
  remove(step: Part): undefined {
    this.#takeOut(step);
    this.#modeling.removeElements([step]);
  }

  /** Puts a step onto another line. */
  move(step: Part, line: Part): undefined {
    this.#takeOut(step);
    const { source, target } = line;
    const [from, to] = [middleOf(source), middleOf(target)];
    const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const now = middleOf(step);
    const by = { x: Math.round(at.x - now.x), y: Math.round(at.y - now.y) };
    this.#modeling.moveElements([step], by, undefined, STILL);
    this.#modeling.reconnectEnd(line, step, middleOf(step));
    this.#modeling.connect(step, target, LINE);
  }

  #made(type: string, at: Point, parent: Part): Part {
    const made = this.#modeling.createShape({ type }, at, parent);
    if (/Task$/.test(type)) this.#modeling.updateProperties(made, { name: this.#called });
    return made;
  }

  #takeOut({ incoming, outgoing }: Part): void {
    const [out] = outgoing;
    if (!out) return;
    for (const line of [...incoming]) this.#modeling.reconnectEnd(line, out.target, middleOf(out.target));
    this.#modeling.removeElements([...outgoing]);
  }

  /** Everything from the target on goes to the right. */
  #makeRoom(target: Part): void {
    const right = target.parent.children.filter((one) => isShape(one) && !one.host && one.x >= target.x);
    this.#modeling.moveElements(right, { x: ROOM, y: 0 }, undefined, STILL);
  }
}

const isShape = ({ waypoints, labelTarget }: Part): boolean => !waypoints && !labelTarget;
