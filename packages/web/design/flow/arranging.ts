/**
 * Owns putting what is drawn where an arrangement says, as one step of undo: shapes first, then the events on their borders, lines, and names last, because each of
 * these moves those after it. Rule: [DES14].
 */
import type { Arrangement, Box, Point } from '../layout/arrange.ts';
import type { Moddle } from './moddle.ts';

interface Placed extends Box {
  readonly id: string;
  readonly businessObject: Moddle;
  readonly host?: unknown;
  readonly labels?: readonly Placed[];
}

interface Registry {
  get(id: string): Placed | undefined;
}

interface Modeling {
  moveShape(shape: Placed, by: Point, parent: unknown, hints: object): void;
  updateWaypoints(line: Placed, points: readonly Point[]): void;
}

/** Nothing around grows with what is moved; lines that have no place of their own follow. */
const STILL = { autoResize: false };

export class ArrangeHandler {
  static readonly $inject = ['elementRegistry', 'modeling'];
  readonly #registry: Registry;
  readonly #modeling: Modeling;

  constructor(registry: Registry, modeling: Modeling) {
    this.#registry = registry;
    this.#modeling = modeling;
  }

  preExecute({ shapes, labels, edges }: Arrangement): void {
    const drawn = [...shapes].flatMap(([id, box]) => {
      const shape = this.#registry.get(id);
      return shape ? [{ shape, box }] : [];
    });
    for (const { shape, box } of drawn.filter(({ shape }) => !shape.host)) this.#centre(shape, box);
    for (const { shape, box } of drawn.filter(({ shape }) => shape.host)) this.#centre(shape, box);
    for (const [id, points] of edges) {
      const line = this.#registry.get(id);
      if (line)
        this.#modeling.updateWaypoints(
          line,
          points.map(({ x, y }) => ({ x, y })),
        );
    }
    for (const [id, box] of labels) for (const label of this.#registry.get(id)?.labels ?? []) this.#centre(label, box);
  }

  execute(): readonly unknown[] {
    return [];
  }

  revert(): readonly unknown[] {
    return [];
  }

  /** Around the middle of the box: a shape that somebody made larger keeps its size. */
  #centre(shape: Placed, { x, y, width, height }: Box): void {
    const by = {
      x: Math.round(x + width / 2 - shape.x - shape.width / 2),
      y: Math.round(y + height / 2 - shape.y - shape.height / 2),
    };
    if (by.x !== 0 || by.y !== 0) this.#modeling.moveShape(shape, by, undefined, STILL);
  }
}
