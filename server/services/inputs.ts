/** Owns how a service reads its inputs: each of the kind it needs, or a fault that the process can catch. */
import { because } from '@ganwei/core/reason';
import { ServiceFault } from '../catalogue/service.ts';

/** An input that must be a text. */
export function textInput(inputs: Readonly<Record<string, unknown>>, name: string): string {
  const value = inputs[name];
  if (typeof value !== 'string' || value === '') throw new ServiceFault('input', because('service.text', { name }));
  return value;
}

/** An input that is a list of texts; one text counts as a list of one, null as none. */
export function listInput(inputs: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = inputs[name];
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((entry) => {
    if (typeof entry !== 'string') throw new ServiceFault('input', because('service.texts', { name }));
    return entry;
  });
}

export function contextInput(inputs: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = inputs[name];
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ServiceFault('input', because('service.context', { name }));
  }
  return value as Record<string, unknown>;
}

/** The input `each`: one context for each of the keys, or none at all. */
export function eachInput(inputs: Readonly<Record<string, unknown>>, keys: number): Record<string, unknown>[] {
  const { each } = inputs;
  if (each === null || each === undefined) return [];
  if (!Array.isArray(each) || each.length !== keys) {
    throw new ServiceFault('input', because('service.each', { name: 'each', keys }));
  }
  return each.map((entry) => contextInput({ each: entry }, 'each'));
}
