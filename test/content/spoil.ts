/** Spoils one entry of a complete filling and asks for the verdict: the tests of [CON3] and [CON4] are lists of such cases. */
import type { Values } from '@ganwei/form/model';
import { describe, expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import { COMPLETE } from './complete.ts';
import { judge } from './desk.ts';

export type Spoil = (values: Values) => Values;
/** `base` is the title of a complete filling; `path` the field that must complain, `says` what it says. */
export type Case = [claim: string, base: string, spoil: Spoil, path: string, says: RegExp, knows?: Values];

export const put =
  (changes: Values): Spoil =>
  (values) => ({ ...values, ...changes });
export const without =
  (...keys: string[]): Spoil =>
  (values) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
/** Changes one row of a table. */
export const row =
  (table: string, index: number, changes: Values): Spoil =>
  (values) => ({
    ...values,
    [table]: (values[table] as Values[]).map((one, at) => (at === index ? { ...one, ...changes } : one)),
  });

/** The verdict on a filling with one entry spoilt. */
export async function spoilt(stage: World, base: string, spoil: Spoil, knows: Values = {}) {
  const filling = COMPLETE.find(([title]) => title === base)?.[1]();
  if (!filling) throw new Error(`no filling called ${base}`);
  return judge(stage, { ...filling, values: spoil(filling.values), knows: { ...filling.knows, ...knows } });
}

/** [CON3] Each case is refused at its field, with a sentence that says what is wrong. */
export function refused(stage: () => World, title: string, cases: Case[]): void {
  describe(title, () => {
    test.each(cases)('[CON3] refused: %s', async (_, base, spoil, path, says, knows) => {
      const { errors } = await spoilt(stage(), base, spoil, knows);
      const found = errors.find((error) => error.path === path);
      expect(found?.message ?? `only ${JSON.stringify(errors)}`).toMatch(says);
    });
  });
}
