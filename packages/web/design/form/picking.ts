/**
 * Owns which node of the form lies at a point of the canvas, and before which of its neighbours something would be put there. The controls themselves
 * are inert, so that nothing is filled in by mistake: what is hit is reckoned from where the slots lie. Rule: [FDS11].
 */
import type { Spot } from '@ganwei/form/edit';
import type { Raw } from '@ganwei/form/node';
import { type Address, childrenOf, nodeAt, parentOf } from '@ganwei/form/places';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something would be put, and where the mark that says so stands, in coordinates of the window. */
export interface Drop {
  readonly spot: Spot;
  readonly mark: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const slotsIn = (canvas: HTMLElement): HTMLElement[] => [...canvas.querySelectorAll<HTMLElement>('[data-at]')];

/** A cell stands for its whole column, head included. */
export function boxOf(slot: HTMLElement): DOMRect | undefined {
  const own = slot.firstElementChild?.getBoundingClientRect();
  if (!own || own.width === 0) return undefined;
  const cell = slot.closest('td');
  const table = cell?.closest('table')?.getBoundingClientRect();
  const across = cell?.getBoundingClientRect();
  return table && across ? new DOMRect(across.left, table.top, across.width, table.height) : own;
}

const holds = (box: DOMRect, { x, y }: Point): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/** The innermost node at a point; a tab or the head of a fold stands for its pane. */
export function nodeAtPoint(canvas: HTMLElement, point: Point): Address | undefined {
  const hit = slotsIn(canvas).filter((slot) => {
    const box = boxOf(slot);
    return box && holds(box, point);
  });
  const innermost = hit.at(-1);
  if (!innermost) return undefined;
  return paneAt(innermost, point) ?? innermost.dataset.at;
}

function paneAt(slot: HTMLElement, point: Point): Address | undefined {
  const heads = [
    ...slot.querySelectorAll(
      ':scope > .gw-tabs > .ant-tabs-nav .ant-tabs-tab, :scope > .gw-collapse > .gw-fold > summary',
    ),
  ];
  const index = heads.findIndex((head) => holds(head.getBoundingClientRect(), point));
  return index < 0 ? undefined : `${slot.dataset.at}#${index}`;
}

/** Resolves what `nodeAtPoint` says of a head: the pane of that number. */
export function resolved(form: Raw, at: Address): Address {
  const [container = '', index] = at.split('#');
  if (index === undefined) return at;
  const key = childrenOf(nodeAt(form, container) ?? {})[Number(index)]?.[0];
  return key === undefined ? container : `${container}/${key}`;
}

const THICK = 3;

/** The spot nearest to a point where what is dragged may stand; undefined where there is none. */
export function dropAt(
  canvas: HTMLElement,
  form: Raw,
  point: Point,
  may: (into: Address) => boolean,
): Drop | undefined {
  const over = nodeAtPoint(canvas, point);
  for (let into = over === undefined ? '' : resolved(form, over); ; into = parentOf(into)) {
    if (may(into)) return dropIn(canvas, form, into, point);
    if (into === '') return undefined;
  }
}

function dropIn(canvas: HTMLElement, form: Raw, into: Address, point: Point): Drop | undefined {
  const slots = new Map(slotsIn(canvas).map((slot) => [slot.dataset.at, slot]));
  const children = childrenOf(nodeAt(form, into) ?? {}).flatMap(([key], index) => {
    const slot = slots.get(into === '' ? key : `${into}/${key}`);
    const box = slot && boxOf(slot);
    return box ? [{ index, box }] : [];
  });
  const [nearest] = children.toSorted((one, other) => distance(one.box, point) - distance(other.box, point));
  if (!nearest) {
    const box =
      into === '' ? canvas.getBoundingClientRect() : slots.get(into)?.firstElementChild?.getBoundingClientRect();
    return (
      box && { spot: { into, index: 0 }, mark: { left: box.left, top: box.top + 8, width: box.width, height: THICK } }
    );
  }
  const { box, index } = nearest;
  const beside = children.some((one) => one !== nearest && Math.abs(one.box.top - box.top) < box.height / 2);
  const after = beside ? point.x > box.left + box.width / 2 : point.y > box.top + box.height / 2;
  const mark = beside
    ? { left: (after ? box.right + 4 : box.left - 4) - THICK / 2, top: box.top, width: THICK, height: box.height }
    : { left: box.left, top: (after ? box.bottom + 4 : box.top - 4) - THICK / 2, width: box.width, height: THICK };
  return { spot: { into, index: after ? index + 1 : index }, mark };
}

function distance(box: DOMRect, { x, y }: Point): number {
  const across = Math.max(box.left - x, 0, x - box.right);
  const down = Math.max(box.top - y, 0, y - box.bottom);
  return across * across + down * down;
}
