/**
 * [F1] The verdict of accept() is compared with Formily's on random submissions: random entries, random permissions,
 * random stored values. The numbers are drawn from a seeded generator, so a failure can be repeated.
 */
import { accept } from '@ganwei/form/accept';
import { isOpen, permissionsOf, project, ROW_MARK } from '@ganwei/form/access';
import { describe as descriptorOf } from '@ganwei/form/components';
import type { CompiledForm, FieldAccess, FormField, Values } from '@ganwei/form/model';
import { freshRow } from '@ganwei/form/settle';
import { initialValues } from '@ganwei/form/values';
import { describe, expect, test } from 'vitest';
import { openHeadless } from './headless.ts';
import { LOOKUPS, loadForm, SCOPE } from './world.ts';

const FORMS = ['purchase', 'review', 'visit'];
const ROUNDS = 400;

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Person {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = random(seed);
  }
  chance = (share: number): boolean => this.#next() < share;
  pick = <T>(list: readonly T[]): T => list[Math.floor(this.#next() * list.length)] as T;

  /** entries of the right shape, often wrong in other ways */
  fill(fields: readonly FormField[]): Values {
    const out: Values = {};
    for (const field of fields) {
      if (this.chance(0.15)) continue;
      if (field.kind === 'group') out[field.key] = this.fill(field.fields);
      else if (field.kind === 'table') {
        out[field.key] = Array.from({ length: Math.floor(this.#next() * 4) }, () => this.fill(field.fields));
      } else if (!field.rules.value) out[field.key] = this.#entry(field);
    }
    return out;
  }

  #entry(field: FormField): unknown {
    const several = field.schema.type === 'array';
    const of = (list: readonly unknown[]) => (several ? list.filter(() => this.chance(0.5)) : this.pick(list));
    switch (descriptorOf(field.component).kind) {
      case 'number':
        return this.pick([0, 1, 2, 3, 50, 150, 250, 310, 400.5, -1, 1.005, 99999.123, 200000]);
      case 'boolean':
        return this.chance(0.6);
      case 'date':
        return this.pick(['2026-01-05', '2026-02-10', '2026-02-30', '2027-01-01', 'soon']);
      case 'range':
        return [this.pick(['2026-01-05', '2026-02-10']), this.pick(['2026-01-06', '2026-02-12', '2026-13-01'])];
      case 'choice':
        return of([...(field.schema.enum ?? []).map((one) => one.value), 'yes', 'no', 'abstain']);
      case 'dictionary':
        return of(['c1', 'c2', 'c9', 'A', 'B', 'Z']);
      case 'person':
        return of(['p1', 'p2', 'p3', 'p4', 'p1', 'p2', 'ghost']);
      default:
        return this.pick(['', '短', '够长的一段文字', '很长很长很长很长很长很长的一段文字', '13800138000', 'p2']);
    }
  }

  access(form: CompiledForm): FieldAccess[] {
    if (this.chance(0.4)) return [];
    const paths = [...form.byPath.keys()].filter(() => this.chance(0.25));
    const list: FieldAccess[] = paths.map((path) => ({
      path,
      mode: this.pick(['read', 'edit', 'required', 'read'] as const),
    }));
    return this.chance(0.3) ? [{ path: '*', mode: 'read' }, ...list] : list;
  }
}

const unmark = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === ROW_MARK ? undefined : inner)));

describe('one verdict', () => {
  for (const name of FORMS) {
    test(`[F1] server verdict equals browser verdict on ${ROUNDS} random submissions of ${name}`, async () => {
      const form = loadForm(name);
      const surroundings = { scope: SCOPE, lookups: LOOKUPS };
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const person = new Person(seed * 7919 + name.length);
        const access = person.access(form);
        const first = initialValues(form, surroundings);
        const before = person.chance(0.5)
          ? first
          : accept(form, {
              stored: first,
              submitted: person.fill(form.fields),
              access: [],
              ...surroundings,
              final: false,
            }).values;
        const stored = unmark(before) as Values;
        const opened = project(form, stored, access);
        const headless = openHeadless(form, { access, opened, ...surroundings });
        const entries = honest(form, person.fill(form.fields), opened, access);
        headless.enter(entries);
        const messages = await headless.judge();
        const seen = headless.values();
        const sent = { ...opened, ...entries };
        for (const submitted of [sent, seen]) {
          const verdict = accept(form, { stored, submitted, access, ...surroundings, final: true });
          const found: Record<string, string[]> = {};
          for (const { path, message } of verdict.errors) found[path] = [...(found[path] ?? []), message].sort();
          const context = `${name} #${seed} ${JSON.stringify(access)}\nstored ${JSON.stringify(stored)}\nsent ${JSON.stringify(submitted)}`;
          expect(found, context).toEqual(messages);
          expect(unmark(verdict.values), context).toEqual(unmark(seen));
        }
        headless.close();
      }
    }, 300_000);
  }
});

/** What an honest page lets a person enter: read-only fields and rule-given keys keep what was opened, closed tables their rows. */
function honest(form: CompiledForm, entries: Values, opened: Values, access: readonly FieldAccess[]): Values {
  const permissions = permissionsOf(form, access);
  const merge = (fields: readonly FormField[], given: Values, was: Values): Values =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const [mine, old] = [given[field.key], was[field.key]];
        const kept =
          field.kind === 'group'
            ? merge(field.fields, (mine ?? {}) as Values, (old ?? {}) as Values)
            : field.kind === 'table'
              ? rows(field, (mine ?? []) as Values[], (old ?? []) as Values[])
              : permissions.of(field).writable
                ? mine
                : old;
        return kept === undefined ? [] : [[field.key, kept]];
      }),
    );
  const rows = (table: FormField, given: Values[], was: Values[]): Values[] => {
    const open = isOpen(table, permissions.of(table)) && !table.rules.rows;
    const key = table.rules.rows ? String(table.schema['x-component-props']?.rowKey) : '';
    return Array.from({ length: open ? given.length : was.length }, (_, index) => {
      const read = (level: number, name: string) => (level === 0 ? entries[name] : null);
      const fresh = () => freshRow(table, { read, row: index + 1, system: SCOPE, world: { lookups: LOOKUPS } });
      const [mine, old] = [given[index] ?? {}, was[index] ?? fresh()];
      const row = merge(table.fields, mine, old);
      if (key) row[key] = old[key];
      return old[ROW_MARK] === undefined ? row : { ...row, [ROW_MARK]: old[ROW_MARK] };
    });
  };
  return merge(form.fields, entries, opened);
}
