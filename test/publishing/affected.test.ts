/** On what a change bears: flows and numbers of running cases, for those who may see the change, and nothing of any case. Rules: [CHG40] [CHG41] [DCL13]. */
import { afterEach, expect, test } from 'vitest';
import { changeAffects } from '../../server/publishing/affected.ts';
import { provisionalDeadlines } from '../../server/publishing/provisional.ts';
import { updateTask } from '../../server/store/work.ts';
import { COLOURS, colours, type Office, office, PROCESS, visitNamed } from './office.ts';

let o: Office;
afterEach(() => o?.w.stop());

const affects = (person: string, id: string) => changeAffects(o.w.host, o.w.actor(person), id);

test('[CHG40] each draft tells its flows and how many of their cases run', async () => {
  o = await office();
  const id = await o.drafted('peiwen', [
    { ...PROCESS, source: visitNamed('复核') },
    { ...COLOURS, source: colours('红', '绿').source },
  ]);
  const rows = async () => (await affects('peiwen', id)).rows;
  expect(await rows()).toMatchObject([
    { kind: 'dictionary', all: false, flows: [], running: 0, counts: true },
    { kind: 'process', all: false, flows: ['visit'], running: 0, counts: false },
  ]);
  await o.w.as('songqiao').start('visit', { subject: '很特别的事由' });
  await o.w.as('songqiao').start('visit', { subject: '另一件' });
  await o.w.as('fuzheng').submit('审查', 'agree', { subject: '同意' });
  expect((await rows()).find(({ kind }) => kind === 'process')).toMatchObject({ running: 1 });
  expect(JSON.stringify(await rows())).not.toMatch(/特别|songqiao/);
});

test('[CHG11] whoever has no right of design learns nothing of it', async () => {
  o = await office();
  const { id } = await o.as('peiwen').begin();
  for (const person of ['songqiao', 'admin', 'secadmin', 'auditadmin'])
    await expect(affects(person, id), person).rejects.toMatchObject({ code: 'not.found' });
});

test('[CHG42] of very many findings so many are told at once, errors first; and a list of drafts reads no text', async () => {
  o = await office();
  const steps = Array.from({ length: 600 }, (_, index) => `<userTask id="t${index}"/>`).join('');
  const source = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="wide" name="很宽">${steps}</process></definitions>`;
  const id = await o.drafted('peiwen', [{ kind: 'process', app: '', key: 'wide', source }]);
  const { findings } = await o.as('peiwen').check(id);
  expect([findings.length, findings.every(({ severity }) => severity === 'error')]).toEqual([500, true]);
  expect((await o.as('peiwen').view(id)).drafts).toMatchObject([{ title: '很宽' }]);
});

test('[DCL13] deadlines that wait for the calendar of a year are counted, that year alone; whoever has no right of design is told nothing', async () => {
  o = await office();
  const { id } = await o.as('peiwen').begin();
  const asked = (person: string, year: number) => provisionalDeadlines(o.w.host, o.w.actor(person), id, year);
  await o.w.as('songqiao').start('visit', { subject: '等日历' });
  await o.w.as('songqiao').start('visit', { subject: '也等日历' });
  const day = (text: string) => Date.parse(`${text}T16:00:00Z`);
  const tasks = await o.w.host.store.reader('tasks').select('id');
  const due = [day('2031-12-31'), day('2032-01-01')];
  for (const [index, { id: task }] of tasks.entries())
    await o.w.host.store.transaction((tx) => updateTask(tx, task, { due_at: due[index], due_provisional: true }));
  expect(await asked('peiwen', 2031)).toEqual({ waiting: 1 });
  expect(await asked('peiwen', 2032)).toEqual({ waiting: 1 });
  expect(await asked('peiwen', 2033)).toEqual({ waiting: 0 });
  await expect(asked('songqiao', 2031)).rejects.toMatchObject({ code: 'not.found' });
});
