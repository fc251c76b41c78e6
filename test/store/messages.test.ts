/** How often a person's step asks a distant database: each message costs more than the statements in it. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';
import { type MariaDb, startMariaDb } from './mariadb.ts';

type Query = (this: unknown, sql: string, ...more: unknown[]) => unknown;
const { prototype } = createRequire(import.meta.url)('mysql2').Connection as { prototype: { query: Query } };

let database: MariaDb;
let w: World;
beforeAll(async () => {
  database = await startMariaDb();
}, 60_000);
afterAll(async () => {
  await w?.stop();
  await database?.stop();
});

test('[STO14] a person’s step is two messages to the database: what there is, and what there will be with the commit', async () => {
  const step = (id: string, who: string) => user(id, id, `assignees='["${who}"]' form="opinion" as="${id}"`, AGREE);
  const two = bpmn(
    'two',
    [start(), step('a', 'fuzheng'), step('b', 'fangyuan'), end(), line('start', 'a', 'b', 'end')].join('\n'),
  );
  w = await world({ content: [...FORMS, two], databaseUrl: database.database() });
  const messages: string[][] = [];
  // Once before, so that the definitions are known.
  for (const key of ['the-first-time', 'the-second-time']) {
    await w.as('songqiao').start('two', { subject: '数一遍' });
    const task = await w.as('fuzheng').task('a');
    const { query } = prototype;
    prototype.query = function (sql, ...more) {
      // Composed statements come as objects: the test's own look at the task, and the worker's beat.
      if (typeof sql === 'string') messages.push(sql.split(';\n'));
      return query.call(this, sql, ...more);
    };
    messages.length = 0;
    await w.as('fuzheng').submitTo(task, 'agree', { score: 1 }, '', { key, revision: 1 });
    prototype.query = query;
    await w.as('fangyuan').submit('b', 'agree', { score: 1 });
  }
  expect(messages.map((statements) => [statements[0], statements.at(-1)!.slice(0, 6)])).toEqual([
    ['begin', 'select'],
    [expect.stringMatching(/^update `cases`/), 'commit'],
  ]);
});
