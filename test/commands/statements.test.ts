/** What a step costs the database: every statement is time of the one writer or a part of a message on the way. */
import { afterEach, expect, test } from 'vitest';
import type { Last, Store, Tx } from '../../server/store/tx.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

/** Writes down every plain statement of the store's transactions from now on. */
function listen(store: Store): string[] {
  const heard: string[] = [];
  const { transaction } = store;
  const heardBy = (tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name, self) {
        if (name !== 'all' && name !== 'run') return Reflect.get(target, name, self);
        return (sql: string, values: never) => {
          heard.push(/^(?:select|(?:insert into|update|delete from) `\w+`)/.exec(sql)?.[0] ?? sql);
          return target[name](sql, values);
        };
      },
    });
  store.transaction = <T>(work: (tx: Tx) => Promise<T>, last?: Last<T>) =>
    transaction(
      (tx) => work(heardBy(tx)),
      (write, answer) => last?.(heardBy(write as Tx), answer) ?? [],
    );
  return heard;
}

test('[STO14] a person’s step reads five times and writes each thing once', async () => {
  const step = (id: string, who: string) => user(id, id, `assignees='["${who}"]' form="opinion" as="${id}"`, AGREE);
  const two = bpmn(
    'two',
    [
      start(),
      step('a', 'fuzheng'),
      step('b', 'fangyuan'),
      step('c', 'luchuan'),
      end(),
      line('start', 'a', 'b', 'c', 'end'),
    ].join('\n'),
  );
  w = await world({ content: [...FORMS, two] });
  // Once before, so that the process has remembered the way.
  for (const subject of ['先走一遍', '数一遍']) {
    await w.as('songqiao').start('two', { subject });
    await w.as('fuzheng').submit('a', 'agree', { score: 1 });
    const task = await w.as('fangyuan').task('b');
    const heard = listen(w.host.store);
    await w
      .as('fangyuan')
      .submitTo(task, 'agree', { score: 2 }, '', { key: `step-${subject.length}-abcd`, revision: 1 });
    if (subject === '数一遍') {
      expect(heard.map((sql) => sql.replaceAll('`', ''))).toEqual([
        // whether it was done before; the case, held, with its values, the task and who has it
        ...['select', 'select', 'select', 'select', 'select'],
        // the next task takes the place of the one that is done, and so do the work items
        ...['update cases', 'insert into history', 'update tasks', 'update work_items'],
        ...['insert into tasks_done', 'insert into work_done', 'insert into submissions'],
        ...['insert into case_people', 'insert into case_values', 'insert into answers'],
      ]);
    }
    await w.as('luchuan').submit('c', 'agree', { score: 3 });
  }
});

test('[STO14] what a step writes of the case’s data goes in one statement, however much it is', async () => {
  const names = ['one', 'two', 'three'];
  const outputs = Object.fromEntries(names.map((name) => [name, 'result']));
  const several = bpmn(
    'several',
    [
      start(),
      user('a', 'a', `assignees='["fuzheng"]' form="opinion" as="a"`, AGREE),
      service('set', 'set', { value: 'a.score' }, outputs),
      user('b', 'b', `assignees='["fangyuan"]'`, AGREE),
      end(),
      line('start', 'a', 'set', 'b', 'end'),
    ].join('\n'),
  );
  w = await world({ content: [...FORMS, several] });
  await w.as('songqiao').start('several', { subject: '多项' });
  const task = await w.as('fuzheng').task('a');
  const heard = listen(w.host.store);
  await w.as('fuzheng').submitTo(task, 'agree', { score: 2 }, '', { revision: 1 });
  expect(heard.filter((sql) => sql.endsWith('`case_values`'))).toEqual(['insert into `case_values`']);
});
