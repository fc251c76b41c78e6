/** Who would get a step today, asked while it is drawn: what an author may learn by it, and what he may not. */
import { afterEach, expect, test } from 'vitest';
import { assignedToday } from '../../server/publishing/assigned-today.ts';
import { type Office, office } from './office.ts';

let o: Office;
let change: string;
afterEach(() => o?.w.stop());

type Body = Parameters<typeof assignedToday>[3];
async function asked(people: string, more: Partial<Body> = {}, by = 'peiwen') {
  o ??= await office();
  return assignedToday(o.w.host, o.as(by).actor, change, {
    app: '',
    flow: 'visit',
    people,
    starter: 'songqiao',
    values: [],
    doneBy: [],
    ...more,
  });
}
async function open() {
  o = await office();
  change = (await o.as('peiwen').begin()).id;
}
const names = ({ people }: { people: { name: string }[] }): string[] => people.map(({ name }) => name);

test('[DES72] who would get the step is told with his unit, for whoever starts', async () => {
  await open();
  const own = await asked('[case.starter]');
  expect(own).toMatchObject({
    starter: { id: 'songqiao' },
    people: [{ id: 'songqiao' }],
    more: 0,
    needs: [],
    wrong: '',
  });
  expect(own.people[0]?.unit).not.toBe('');
  expect(names(await asked('head of(case.starterUnit)'))).toEqual(['梁栋']);
  expect(names(await asked('head of(case.starterUnit)', { starter: 'hezhou' }))).toEqual(['贺舟']);
});

test('[DES72] what only a form can tell is named; with a value for it the answer is there, of a list as of one', async () => {
  await open();
  const source = 'holders(request.organ, "signer")';
  const without = await asked(source);
  expect([names(without), without.needs]).toEqual([[], ['request.organ']]);
  const unit = o.w.actor('gaoyuan').unit;
  const { needs, people } = await asked('head of(request.organ)', { values: [{ path: 'request.organ', value: unit }] });
  expect([needs, people.map(({ id }) => id)]).toEqual([[], ['gaoyuan']]);
  const rows = [{ path: 'team.people', value: ['fuzheng', 'songqiao'] }];
  expect(names(await asked('team.people', { values: rows }))).toEqual(['傅正', '宋桥']);
});

test('[DES72] who has done an earlier step can be tried out', async () => {
  await open();
  expect(names(await asked('done by("check")'))).toEqual([]);
  expect(names(await asked('done by("check")', { doneBy: [{ step: 'check', person: 'fuzheng' }] }))).toEqual(['傅正']);
});

test('[DES72] [PLAY4] no attribute of a person can be learned by it', async () => {
  await open();
  const anybody = o.w.host.directory();
  const [id, attribute] = [...anybody.people.values()].flatMap((person) =>
    Object.keys(person.attributes).map((name) => [person.id, name] as const),
  )[0]!;
  const probe = `if person("${id}").${attribute} != null then ["fuzheng"] else ["songqiao"]`;
  expect(names(await asked(probe))).toEqual(['宋桥']);
  expect(names(await asked(`connected with(["${id}"], "${attribute}")`))).toEqual([]);
});

test('[DES72] only whoever may draft there is answered, and what is wrong is said', async () => {
  await open();
  await expect(asked('[case.starter]', {}, 'fuzheng')).rejects.toMatchObject({ code: 'not.found' });
  expect((await asked('holders(')).wrong).not.toBe('');
  expect((await asked('nobody knows(case.starter)')).wrong).not.toBe('');
  await expect(asked('[case.starter]', { starter: 'nobody' })).rejects.toMatchObject({ code: 'not.found' });
  await o.as('peiwen').withdraw(change);
  await expect(asked('[case.starter]')).rejects.toMatchObject({ code: expect.stringMatching(/^change/) });
});

test('[DES72] what is tried takes a bounded time: nobody waits for what one author writes', async () => {
  await open();
  for (const people of [
    'for i in 1..20000 return subordinates of(["gaoyuan"])',
    'for i in 1..20000 return superiors of(["luchuan"])',
    'for i in 1..5000 return holders below("yc", "handler")',
  ])
    expect((await asked(people)).wrong, people).toContain('试算的计算量过大');
});

test('[DES72] many people are counted, and some of them named', async () => {
  await open();
  const all = [...o.w.host.directory().people.values()].filter(({ active }) => active).map(({ id }) => `"${id}"`);
  const { people, more } = await asked(`[${all.join(', ')}]`);
  expect([people.length, more]).toEqual([20, all.length - 20]);
});
