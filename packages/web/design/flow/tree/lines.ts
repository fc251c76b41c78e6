/**
 * Owns that nodes know their lines. A file need not say at a node which lines lead to and from it, since every line names its ends; what looks at a
 * flow here goes from node to node. Rule: [DES50].
 */
import { type Element, elementOf, everyElement, isA, listOf } from '@ganwei/process/lint/tree';
import type { Moddle } from '../moddle.ts';

/** Adds what nodes do not say of the lines below this element; what they say stays in its order. */
export function knowLines(scope: Element): void {
  for (const line of everyElement(scope)) {
    if (!isA(line, 'bpmn:SequenceFlow')) continue;
    know(elementOf(line, 'sourceRef') as Moddle | undefined, 'outgoing', line);
    know(elementOf(line, 'targetRef') as Moddle | undefined, 'incoming', line);
  }
}

function know(node: Moddle | undefined, way: 'incoming' | 'outgoing', line: Element): void {
  if (node && !listOf(node, way).includes(line)) (node.get(way) as Element[]).push(line);
}
