/**
 * [LIM12] Requests made up from the contract, right and wrong, by chance from a seed: as staff and as each administrator, no fault and nothing
 * that the contract does not describe. `npm run test:fuzz -- --requests 2000 --seed 7` sends more.
 */
import { Problem, ROUTES, type Route } from '@ganwei/core/contract';
import { REFUSALS } from '@ganwei/core/refusal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Browser, type Site, site } from './site.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const PEOPLE = ['songqiao', 'admin', 'secadmin', 'auditadmin', 'peiwen'];
/** What would end the session of whoever fuzzes, or the data. */
const LEFT_OUT = new Set([
  'signIn',
  'signOut',
  'changePassword',
  'resetPassword',
  'demoReset',
  'demoClock',
  'keepPerson',
]);

interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}

let s: Site;
const browsers = new Map<string, Browser>();
/** A change that can be written in, then what else there is to name. */
const ids: string[] = ['', '1', 'colours', 'start', 'review', 'REVIEWS', 'unknown'];
/** What was drafted so far is soon published, dropped or withdrawn by chance: after so many requests there is another change. */
const ANOTHER = 100;

async function anotherChange(): Promise<void> {
  const author = browsers.get('peiwen')!;
  const { body } = await author.post('/api/changes', { title: '颜色', reason: '补充' });
  const source = JSON.stringify({ dictionary: 'colours', title: '颜色', items: [{ code: 'r', label: '红' }] });
  const drafted = { kind: 'dictionary', app: '', key: 'colours', source, revision: 0 };
  await author.put(`/api/changes/${body.id}/draft`, drafted);
  ids[0] = body.id;
}

beforeAll(async () => {
  s = await site();
  for (const name of PEOPLE) browsers.set(name, await s.signedIn(name));
  const { body } = await browsers.get('songqiao')!.start({ subject: '随机' });
  const { body: todo } = await (await s.signedIn('fuzheng')).get('/api/inbox/todo');
  ids.push(body.caseId, todo.rows[0].taskId);
  await anotherChange();
});
afterAll(() => s?.stop());

test.each(PEOPLE)(
  `[LIM12] ${REQUESTS} requests of %s, seed ${SEED}`,
  async (name) => {
    const chance = seeded(SEED + PEOPLE.indexOf(name) * 1000);
    const routes = Object.entries<Route>(ROUTES).filter(([key]) => !LEFT_OUT.has(key));
    for (let count = 0; count < REQUESTS; count++) {
      if (count % ANOTHER === 0) await anotherChange();
      const [key, route] = chance.one(routes);
      const sent = requestOf(route, chance);
      const answer = await browsers.get(name)!.send(route.method, sent.path, sent.body);
      const told = `${key} ${JSON.stringify(sent).slice(0, 600)} -> ${answer.status} ${answer.text.slice(0, 300)}`;
      expect(answer.status, told).toBeLessThan(500);
      if (answer.status !== 200) {
        const problem = Problem.safeParse(answer.body);
        expect(problem.success && problem.data.code in REFUSALS, told).toBe(true);
      } else if (!route.stream) expect(route.answer.safeParse(answer.body).success, told).toBe(true);
    }
  },
  // Whoever asks for more than usual waits for it.
  REQUESTS * 2_000,
);

type Chance = ReturnType<typeof seeded>;

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! };
}

function requestOf(route: Route, chance: Chance): { path: string; body?: unknown } {
  const path = route.path.replace(/:\w+/g, () =>
    encodeURIComponent(chance.next() < 0.8 ? chance.one(ids) : textOf(chance) || 'x'),
  );
  const query = route.query ? (madeUp(schemaOf(route.query), chance) as Record<string, unknown> | null) : {};
  const pairs = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  const body = route.body && { body: madeUp(schemaOf(route.body), chance) };
  return { path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, ...body };
}

const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any', cycles: 'ref', reused: 'inline' }) as Schema;

const TEXTS = [
  '',
  'x',
  '字',
  '2026-09-01',
  'agree',
  '%',
  "'",
  '\u0000',
  '\u202e',
  '😀',
  '../..',
  '__proto__',
  'e30',
  'null',
  'a'.repeat(300),
];
const ANY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  [],
  {},
  [[{}]],
  { subject: '事由' },
  { constructor: {} },
];

const textOf = (chance: Chance): string => chance.one(chance.next() < 0.4 ? ids : TEXTS);

/** Mostly what the schema says; sometimes anything else. */
function madeUp(schema: Schema, chance: Chance): unknown {
  if (chance.next() < 0.08) return chance.one(ANY);
  if ('const' in schema) return schema.const;
  if (schema.enum) return chance.one(schema.enum);
  if (schema.anyOf) return madeUp(chance.one(schema.anyOf), chance);
  switch (schema.type) {
    case 'object': {
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || chance.next() < 0.5,
      );
      return Object.fromEntries(wanted.map(([name, inner]) => [name, madeUp(inner, chance)]));
    }
    case 'array':
      return Array.from({ length: Math.floor(chance.next() * 4) }, () => madeUp(schema.items ?? {}, chance));
    case 'string':
      return textOf(chance);
    case 'integer':
    case 'number':
      return chance.one([0, 1, 2, 20, -1, 1.5, 1e15]);
    case 'boolean':
      return chance.next() < 0.5;
    default:
      return chance.one(ANY);
  }
}
