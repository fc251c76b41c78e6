/** Owns inputs of service tasks that are written out: which key a task gives where its service takes one. */
import type { ServiceSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';

/** The text of an input that is written out: `"deadline"`. */
export function literalInput({ inputs }: ServiceSettings, name: string): string | undefined {
  const source = inputs.find((input) => input.name === name)?.value.trim() ?? '';
  return /^"(?:[^"\\])*"$/.test(source) ? source.slice(1, -1) : undefined;
}

/** The text given where the service takes something of this type: `letter key`, `message name` … */
export function inputOfType(release: Release, settings: ServiceSettings, type: string): string | undefined {
  const inputs = Object.entries(release.services.get(settings.type)?.inputs ?? {});
  const name = inputs.find(([, input]) => input.type === type)?.[0];
  return name === undefined ? undefined : literalInput(settings, name);
}
