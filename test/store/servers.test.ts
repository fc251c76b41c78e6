/** Several people and several servers on one MariaDB: what must hold when everything happens at the same moment. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS } from '../../server/store/migrations/index.ts';
import { AGREE, bpmn, end, FORMS, flow, line, REFUSE, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';
import { type MariaDb, startMariaDb } from './mariadb.ts';

const SIGNERS = ['fangyuan', 'luchuan', 'yuanke'];

const joint = bpmn(
  'joint',
  [
    start(),
    user(
      'sign',
      '会签',
      `assignees='["fangyuan", "luchuan", "yuanke"]' mode="all" form="opinion" as="opinions" list="true"`,
      AGREE + REFUSE,
    ),
    user('sum', '汇总', `assignees='["fuzheng"]'`, AGREE),
    end(),
    line('start', 'sign', 'sum', 'end'),
  ].join('\n'),
);

const first = bpmn(
  'first',
  [
    start(),
    user(
      'act',
      '办理',
      `assignees='["fangyuan", "luchuan", "yuanke"]' candidates='["qinxiao"]' mode="any" operations="transfer"`,
      AGREE,
    ),
    end(),
    line('start', 'act', 'end'),
  ].join('\n'),
);

const timed = bpmn(
  'timed',
  [
    start(),
    user(
      'fill',
      '补正',
      'assignees="case.starter"',
      `${AGREE}<ganwei:remind at='add working days(today, 1)' text="请尽快补正"/>`,
    ),
    '<boundaryEvent id="late" attachedToRef="fill" cancelActivity="true"><timerEventDefinition><timeDate>date("2026-09-10")</timeDate></timerEventDefinition></boundaryEvent>',
    end('end', 'done'),
    `<serviceTask id="tell" name="通知"><extensionElements><ganwei:service type="webhook"><ganwei:input name="target" value='"archive"'/><ganwei:input name="event" value='"late"'/></ganwei:service></extensionElements></serviceTask>`,
    end('lapsed', 'open'),
    line('start', 'fill', 'end'),
    flow('late', 'tell'),
    flow('tell', 'lapsed'),
  ].join('\n'),
);

let mariadb: MariaDb;
let one: World;
let two: World;

beforeAll(async () => {
  mariadb = await startMariaDb();
});
afterAll(() => mariadb?.stop());

beforeEach(async () => {
  const options = { content: [...FORMS, joint, first, timed], databaseUrl: mariadb.database() };
  [one, two] = await Promise.all([world(options), world(options)]);
});
afterEach(() => Promise.all([one?.stop(), two?.stop()]));

test('[STO6] two servers that start at once on an empty database build one schema, one release, one organisation', async () => {
  const { reader } = one.host.store;
  expect(await reader('migrations')).toHaveLength(MIGRATIONS.length);
  expect(await reader('releases')).toHaveLength(1);
  expect(one.host.directory().version).toBe(two.host.directory().version);
  expect((await reader('accounts')).length).toBe(one.host.directory().people.size);
});

test('[T1] three people on two servers want the same task at once: it closes once, the others read who was faster', async () => {
  for (let round = 0; round < 5; round++) {
    const { caseId } = await one.as('songqiao').start('first', { subject: `第${round}件` });
    const id = await one.as('fangyuan').task('办理');
    const results = await Promise.allSettled(
      SIGNERS.map((person, i) => [one, two][i % 2]!.as(person).submitTo(id, 'agree')),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'task.done' });
    }
    expect(await one.host.store.reader('submissions').where({ task_id: id })).toHaveLength(1);
    expect((await two.as('songqiao').case(caseId)).case.state).toBe('ended');
  }
});

test('[T1] handed over on one server and submitted on the other at once: exactly one of the two happens', async () => {
  for (let round = 0; round < 5; round++) {
    await one.as('songqiao').start('first', { subject: `第${round}件` });
    const id = await one.as('luchuan').task('办理');
    const [moved, submitted] = await Promise.allSettled([
      one.as('luchuan').transfer('办理', 'qinxiao', '出差期间请代为办理此件'),
      two.as('luchuan').submitTo(id, 'agree'),
    ]);
    expect([moved.status, submitted.status].sort()).toEqual(['fulfilled', 'rejected']);
    const open = await two.host.store.reader('work_items').where({ task_id: id, person_id: 'qinxiao' });
    expect(open).toHaveLength(moved.status === 'fulfilled' ? 1 : 0);
    if (moved.status === 'fulfilled') await one.as('qinxiao').submitTo(id, 'agree');
  }
});

test('[S2] all sign at the same moment on two servers: nobody is lost and the record is one chain', async () => {
  const { caseId } = await one.as('songqiao').start('joint', { subject: '会签' });
  await Promise.all(SIGNERS.map((person, i) => [one, two][i % 2]!.as(person).submit('会签', 'agree', { score: i })));
  const view = await two.as('fuzheng').view('汇总');
  expect(view.shown.length + (view.timeline.filter((entry) => entry.kind === 'submitted').length ?? 0)).toBe(3);
  const { verifyHistory } = await import('../../server/queries/case/timeline.ts');
  expect(await verifyHistory(one.host, one.actor('songqiao'), caseId)).toMatchObject({ intact: true, entries: 4 });
});

test('[L1] sixty cases started at once on two servers, more than either has connections, have sixty numbers without a gap', async () => {
  const started = await Promise.all(
    Array.from({ length: 60 }, (_, i) => [one, two][i % 2]!.as('songqiao').start('first', { subject: `第${i}件` })),
  );
  const numbers = started.map((moved) => moved.number).sort();
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => `T-2026-${String(i + 1).padStart(4, '0')}`));
});

test('[T8] the same request on two servers at once is done once and answered twice alike', async () => {
  const ask = (w: World) => w.as('songqiao').start('first', { subject: '重复点击' }, 'start', 'key-00000001');
  const [a, b] = await Promise.all([ask(one), ask(two)]);
  expect(b).toEqual(a);
  expect(await one.host.store.reader('cases')).toHaveLength(1);
});

test('[P4] a timer and a reminder due on two servers fire once, and what follows leaves once [O2]', async () => {
  const { caseId } = await one.as('songqiao').start('timed', { subject: '补正' });
  await Promise.all([one.at('2026-09-03T00:01'), two.at('2026-09-03T00:01')]);
  expect(await one.host.store.reader('notices').where({ person_id: 'songqiao' })).toHaveLength(1);
  await Promise.all([one.at('2026-09-11T00:01'), two.at('2026-09-11T00:01')]);
  await Promise.all([one.platform.worker.settle(), two.platform.worker.settle()]);
  expect((await two.as('songqiao').case(caseId)).case.state).toBe('ended');
  expect(await one.host.store.reader('history').where({ case_id: caseId, kind: 'timer' })).toHaveLength(1);
  expect([...one.delivered, ...two.delivered]).toHaveLength(1);
  expect(await one.host.store.reader('outbox_done')).toHaveLength(1);
});

test('[DIR7] the other server sees a change of the directory with its next look', async () => {
  const { importDirectory } = await import('../../server/directory/keep.ts');
  const file = Buffer.from('单位编码,单位名称,用户名,姓名,职务\nrcb,,wangxin,王新,干事').toString('base64');
  await importDirectory(one.host, one.actor('peiwen'), { file, apply: true });
  expect(two.host.directory().people.has('wangxin')).toBe(false);
  await two.host.refresh();
  expect(two.host.directory().people.get('wangxin')?.name).toBe('王新');
});
