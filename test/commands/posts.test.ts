/** Steps, letters and the posts of people: whom else to ask, who follows whom, what waits for somebody. */
import { afterEach, expect, test } from 'vitest';
import { followPosts } from '../../server/commands/follow-posts.ts';
import { incidents } from '../../server/queries/incidents.ts';
import { directoryChanged } from '../../server/store/directory.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const process = (steps: string, ...names: string[]) =>
  bpmn('held', [start(), steps, end(), line('start', ...names, 'end')].join('\n'));
const change = async (
  make: (tx: Parameters<Parameters<World['host']['store']['transaction']>[0]>[0]) => Promise<unknown>,
) => {
  await w.host.store.transaction(async (tx) => {
    await make(tx);
    await directoryChanged(tx);
  });
  await w.host.refresh();
  await followPosts(w.host);
};
const ends = (person: string, unit: string) =>
  change((tx) => tx('posts').where({ person_id: person, unit_id: unit }).update({ to_date: '2026-08-31' }));
const takes = (person: string, unit: string, roles: string[]) =>
  change(async (tx) => {
    const row = await tx('posts').where({ person_id: person }).first();
    await tx('posts').insert({
      ...row,
      id: `${person}@${unit}`,
      unit_id: unit,
      roles: JSON.stringify(roles),
      to_date: '',
    });
  });

test('[CON80] whom to ask, and whom else when there is nobody: the first that somebody is', async () => {
  const first = (groups: string) => process(user('check', '核查', `assignees='first of(${groups})'`, AGREE), 'check');
  w = await world({
    content: [...FORMS, first('holders("sfj", "office_head"), holders("rcb", "window"), ["qinxiao"]')],
  });
  await w.as('songqiao').start('held', { subject: '依次' });
  expect((await w.as('fuzheng').todo()).map(({ node }) => node)).toEqual(['核查']);
  await w.stop();
  w = await world({ content: [...FORMS, first('holders("sfj", "office_head"), holders("czj", "office_head")')] });
  await w.as('songqiao').start('held', { subject: '都没有' });
  expect(await incidents(w.host)).toMatchObject([{ kind: 'nobody', node: '核查' }]);
});

test('[CON81] a step of a post goes to whoever holds the post now; a step that is a person’s own stays with him', async () => {
  const steps = [
    user('office', '受理', `assignees='holders("rcb", "window")'`, AGREE),
    user('own', '本人确认', `assignees='["fuzheng"]'`, AGREE),
  ];
  const both = `${steps.join('\n')}<parallelGateway id="fork"/><parallelGateway id="join"/>${line('start', 'fork', 'office', 'join', 'end')}${[
    'fork own',
    'own join',
  ]
    .map((pair) => pair.split(' '))
    .map(([from, to]) => `<sequenceFlow id="x${from}${to}" sourceRef="${from}" targetRef="${to}"/>`)
    .join('')}`;
  w = await world({ content: [...FORMS, bpmn('held', [start(), both, end()].join('\n'))], now: '2026-09-01T09:00' });
  const { caseId } = await w.as('songqiao').start('held', { subject: '随职务' });
  const todo = async (person: string) => (await w.as(person).todo()).map(({ node }) => node).sort();
  expect(await todo('fuzheng')).toEqual(['受理', '本人确认'].sort());
  await ends('fuzheng', 'rcb');
  expect(await todo('fuzheng')).toEqual(['本人确认']);
  expect(await incidents(w.host)).toMatchObject([{ kind: 'nobody', node: '受理' }]);
  await takes('luchuan', 'rcb', ['window']);
  expect(await todo('luchuan')).toEqual(['受理']);
  expect(await incidents(w.host)).toEqual([]);
  await w.as('luchuan').submit('受理', 'agree');
  await w.as('fuzheng').submit('本人确认', 'agree');
  expect((await w.host.store.reader('cases').where({ id: caseId }).first()).state).toBe('ended');
});
