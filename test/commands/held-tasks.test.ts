/** What people hold: what the system administrator sees before somebody leaves, and the business administrator giving a step to another. */
import { said } from '@ganwei/core/reason';
import { afterEach, expect, test } from 'vitest';
import { giveTask } from '../../server/commands/give-task.ts';
import { holdings } from '../../server/directory/holdings.ts';
import { heldTasks } from '../../server/queries/held-tasks.ts';
import { heldTaskPeople } from '../../server/queries/step-people.ts';
import { openIncidents } from '../../server/store/incidents.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const flow = (settings: string) =>
  bpmn('held', [start(), user('check', '审查', settings, AGREE), end(), line('start', 'check', 'end')].join('\n'));

const admin = () => ({ actor: w.actor('peiwen') });
const held = async (person?: string) => (await heldTasks(w.host, { limit: 30, ...(person && { person }) })).rows;

async function begin(settings: string): Promise<void> {
  w = await world({ content: [...FORMS, flow(settings)] });
  await w.as('songqiao').start('held', { subject: '不给管理员看的事由' });
}

const give = async (to: string, holder = 'fuzheng') => {
  const [task] = await held();
  return giveTask(w.host, admin(), task!.id, { holder, to, comment: '调离岗位，改由他人办理' });
};

test('[O76] the business administrator sees with whom a step waits, and nothing of what the case is about', async () => {
  await begin(`assignees='["fuzheng"]'`);
  const [task, ...others] = await held('fuzheng');
  expect(others).toEqual([]);
  expect(task).toMatchObject({ step: '审查', holder: { id: 'fuzheng' }, left: false });
  expect(JSON.stringify(task)).not.toContain('事由');
  expect(await held('gaoyuan')).toEqual([]);
});

test('[O76] a step is given to somebody whom its own rule admits, and the record says by whom and why', async () => {
  await begin(`assignees='["fuzheng", "luchuan"]' candidates='["dingyiming"]' mode="all"`);
  const { people } = await heldTaskPeople(w.host, w.actor('peiwen'), (await held())[0]!.id, {
    q: '高',
    say: said,
  });
  expect(people.find(({ id }) => id === 'gaoyuan')?.reason).not.toBe('');
  await expect(give('gaoyuan')).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(give('luchuan')).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await give('dingyiming')).toEqual({ result: 'given' });
  expect((await held()).map(({ holder }) => holder.id).sort()).toEqual(['dingyiming', 'luchuan']);
  const audit = await w.host.store.reader('audit').where({ act: 'step-assigned' });
  expect(audit).toHaveLength(1);
});

test('[O76] what one of two has to do goes to a third who is named, what the other has signed stays', async () => {
  await begin(`assignees='["fuzheng", "luchuan"]' candidates='["gaoyuan"]' mode="all"`);
  await w.as('luchuan').submit('审查', 'agree');
  expect(await give('gaoyuan')).toEqual({ result: 'given' });
  expect((await held()).map(({ holder }) => holder.id)).toEqual(['gaoyuan']);
  expect(await w.as('fuzheng').todo()).toEqual([]);
  await expect(give('gaoyuan', 'luchuan')).rejects.toMatchObject({ code: 'not.found' });
  await w.as('gaoyuan').submit('审查', 'agree');
  expect(await held()).toEqual([]);
});

test('[O76] whoever must not have it is refused, and nothing becomes an incident: the administrator, who takes part, who administers', async () => {
  await begin(`assignees='["fuzheng", "dingyiming"]' mode="all"`);
  for (const to of ['peiwen', 'dingyiming', 'secadmin'])
    await expect(give(to), to).rejects.toMatchObject({ code: 'input.invalid', fields: [{ path: 'to' }] });
  expect(await openIncidents(w.host.store.reader)).toEqual([]);
});

test('[O76] where nobody else fulfils the rule the step becomes one incident, and its holder keeps it', async () => {
  await begin(`assignees='["fuzheng"]'`);
  expect(await give('gaoyuan')).toEqual({ result: 'incident' });
  expect(await give('luchuan')).toEqual({ result: 'incident' });
  expect(await openIncidents(w.host.store.reader)).toHaveLength(1);
  expect((await held()).map(({ holder }) => holder.id)).toEqual(['fuzheng']);
});

test('[DIR20] before somebody leaves it is seen what he holds, counted and without a word of any case', async () => {
  await begin(`assignees='["fuzheng"]'`);
  const mine = await holdings(w.host, 'fuzheng');
  expect(mine.tasks).toEqual([{ process: 'held', step: '审查', count: 1 }]);
  expect(mine.posts.length).toBeGreaterThan(0);
  expect(JSON.stringify(mine)).not.toContain('事由');
  expect(await holdings(w.host, 'songqiao')).toMatchObject({ tasks: [], started: 1, drafts: 0 });
  const sole = await Promise.all([...w.host.directory().people.keys()].map((id) => holdings(w.host, id)));
  const roles = sole.flatMap(({ posts }) => posts.flatMap((post) => post.sole.map((role) => `${post.unit} ${role}`)));
  expect(new Set(roles).size).toBe(roles.length);
  await expect(holdings(w.host, 'nobody')).rejects.toMatchObject({ code: 'not.found' });
});
