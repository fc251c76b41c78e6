/**
 * Owns how the parts of a DMN element are read. Whatever is missing reads as nothing: an empty text, an empty list, null.
 */
import type { DmnElement } from 'dmn-moddle';

export type { DmnElement } from 'dmn-moddle';

const isElement = (value: unknown): value is DmnElement =>
  typeof value === 'object' && value !== null && '$type' in value;

export const children = (element: DmnElement | null, property: string): DmnElement[] => {
  const value = element?.[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
};

export function child(element: DmnElement | null, property: string): DmnElement | null {
  const value = element?.[property];
  return isElement(value) ? value : null;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const nameOf = (element: DmnElement): string => textOf(element.name) || textOf(element.id);

/** What expressions call it. */
export const variableOf = (element: DmnElement): string => textOf(child(element, 'variable')?.name) || nameOf(element);

/** Every name below an element that an expression may use. */
export function namesBelow(element: DmnElement): Set<string> {
  const found = new Set<string>();
  const visit = (one: unknown): void => {
    if (Array.isArray(one)) for (const item of one) visit(item);
    if (!isElement(one)) return;
    for (const key of ['name', 'iteratorVariable']) if (textOf(one[key])) found.add(textOf(one[key]));
    for (const key of Object.keys(one)) if (!key.startsWith('$')) visit(one[key]);
  };
  visit(element);
  return found;
}
