/** AS-15 on both databases: interviews of one person that are archived at the same moment are counted one after the other. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { submitTask } from '../../server/commands/submit-task.ts';
import { type World, world } from '../commands/world.ts';
import * as fill from '../content/interview-fillings.ts';
import { type MariaDb, startMariaDb } from '../store/mariadb.ts';
import { Interview } from './interview-walk.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));

describe.each(['sqlite', 'mysql'] as const)('%s', (dialect) => {
  let w: World;
  let mariadb: MariaDb | undefined;
  beforeAll(async () => {
    if (dialect === 'mysql') mariadb = await startMariaDb();
    w = await world({ content: CONTENT, now: '2026-03-02T09:00', ...(mariadb && { databaseUrl: mariadb.database() }) });
  }, 60_000);
  afterAll(async () => {
    await w?.stop();
    await mariadb?.stop();
  });

  test('[INT5] AS-15: of two archived at the same moment one is the second and the other the third, and a repeated request adds nothing', async () => {
    const changes = { objectOrg: 'dy-zf', interviewees: [{ person: 'duheng', role: '分管负责人' }] };
    await new Interview(w).whole('2026-03-02', '2026-03-09', ['duheng'], changes);
    const two = [new Interview(w), new Interview(w)];
    for (const one of two) {
      await w.at('2026-04-13T09:00');
      await (await (await one.apply(changes)).agree()).plan('2026-04-20T09:00');
      await one.replied('duheng');
    }
    for (const one of two) {
      await one.held('2026-04-20', { duheng: '到' });
      await one.submit('yuanke', '约谈记录', 'submit', fill.record('2026-04-20'));
      await one.submit('duheng', '约谈对象签字', 'submit', fill.signed(w.actor('duheng')));
    }
    const archiving = await Promise.all(
      two.map(async ({ id }) => w.host.store.reader('tasks').where({ case_id: id, node: 'mainSign' }).first()),
    );
    const archive = ({ id, revision }: { id: string; revision: number }) =>
      submitTask(w.host, { actor: w.actor('luowei'), key: `archive-${id}` }, id, {
        ...{ outcome: 'sign', values: fill.closed(w.actor('luowei')), comment: '', revision },
      });
    await Promise.all(archiving.map(archive));
    await Promise.all(archiving.map(archive));
    const kept = async () =>
      (await w.host.store.reader('records').where({ ledger: 'interview-held', record_key: 'duheng' })).map(
        ({ values }) => JSON.parse(values).count,
      );
    expect((await kept()).sort()).toEqual([1, 2, 3]);
    const proposals = await w.host.store.reader('case_values').where({ name: 'requests' });
    const rules = proposals.map(({ value }) => JSON.parse(value).map(({ rule }: { rule: string }) => rule));
    expect(rules.map((one) => one.filter((rule: string) => rule !== '拒不整改'))).toEqual([['诫勉', '组织处理']]);
  });
});
