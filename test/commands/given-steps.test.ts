/** Steps that are given by hand: transfers, further signers, an administrator's choice; the rule of the step, and exceptions from it. */
import { said } from '@ganwei/core/reason';
import { afterEach, describe, expect, test } from 'vitest';
import { decideException } from '../../server/commands/decide-exception.ts';
import { auditLog } from '../../server/queries/audit.ts';
import { incidents } from '../../server/queries/incidents.ts';
import { askedExceptions, incidentPeople, taskPeople } from '../../server/queries/step-people.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const WHY = '出差期间请代为办理此件';
const own = (id: string, attributes: string, children = '') =>
  bpmn(
    id,
    [
      start(),
      user('do', '承办', attributes, `${AGREE}<ganwei:exclude who="case.starter" reason="申请人不得办理"/>${children}`),
      end(),
      line('start', 'do', 'end'),
    ].join('\n'),
  );

/** One handler of the office of cases, of which there are three. */
const given = own('given', `assignees='["luchuan"]' candidates='holders("jw-cb", "handler")' operations="transfer"`);
const strict = own('strict', `assignees='["luchuan"]' operations="transfer"`);
const vacant = own('vacant', `assignees='holders("jw-cb", "sealer")'`);
const organ = own('organ', `assignees='holders("jw-cb", "sealer")' candidates='members("jw-cb")'`);

describe('passing a step on', () => {
  test('[S70] a step goes to those whom its own rule names or admits, and to nobody else', async () => {
    w = await world({ content: [...FORMS, given] });
    await w.as('songqiao').start('given', { subject: '承办' });
    for (const [to, reason] of [
      ['qinxiao', '不符合本步骤对办理人的要求'],
      ['songqiao', '须回避'],
      ['peiwen', '管理员'],
    ])
      await expect(w.as('luchuan').transfer('承办', to!, WHY), to).rejects.toThrow(reason!);
    await w.as('luchuan').transfer('承办', 'fangyuan', WHY);
    await w.as('fangyuan').submit('承办', 'agree');
  });

  test('[S70] the chooser shows who may have it, and of whom is looked for why he may not; nobody else, and the act is not offered', async () => {
    w = await world({ content: [...FORMS, given, strict] });
    await w.as('songqiao').start('given', { subject: '承办' });
    const task = await w.as('luchuan').task('承办');
    const find = async (q: string) =>
      (await taskPeople(w.host, w.actor('luchuan'), task, { q, say: said })).people.map(({ id, reason }) => [
        id,
        reason,
      ]);
    expect(await find('')).toEqual([
      ['dingyiming', ''],
      ['fangyuan', ''],
      ['luchuan', '陆川已经是此任务的办理人'],
    ]);
    expect(await find('秦晓')).toEqual([['qinxiao', '秦晓不符合本步骤对办理人的要求']]);
    expect(await find('宋桥')).toEqual([['songqiao', '宋桥须回避（申请人不得办理）']]);
    await expect(taskPeople(w.host, w.actor('fangyuan'), task, { q: '', say: said })).rejects.toMatchObject({
      code: 'not.found',
    });
    await w.as('luchuan').submit('承办', 'agree');
    await w.as('songqiao').start('strict', { subject: '承办' });
    expect((await w.as('luchuan').view('承办')).operations).toMatchObject([
      { key: 'transfer', allowed: false, reason: '没有其他人符合本步骤对办理人的要求' },
    ]);
  });
});

describe('an administrator’s choice', () => {
  const only = async () => (await incidents(w.host))[0]!;
  const decide = (person: string, id: string, agree = true) =>
    decideException(w.host, { actor: w.actor(person), address: '10.0.0.9' }, id, { agree });
  const audited = async () => (await auditLog(w.host, { act: '' })).rows.map(({ act, who }) => [act, who.id]);

  test('[S70] whom the step admits he may name, not himself, not another administrator, not somebody excluded, not anybody else', async () => {
    w = await world({ content: [...FORMS, organ] });
    const { caseId } = await w.as('songqiao').start('organ', { subject: '承办' });
    const { id } = await only();
    for (const person of ['peiwen', 'songqiao', 'qinxiao', 'auditadmin'])
      await expect(w.as('peiwen').solve(id, [person]), person).rejects.toMatchObject({ code: 'input.invalid' });
    expect((await w.as('peiwen').solve(id, ['fangyuan'])).result).toBe('solved');
    const [entry] = await w.host.store.reader('history').where({ case_id: caseId, kind: 'assigned' });
    expect(JSON.parse(entry.detail)).toMatchObject({ people: ['fangyuan'], beyond: false });
    expect(await audited()).toContainEqual(['step-assigned', 'peiwen']);
    await w.as('fangyuan').submit('承办', 'agree');
  });

  test('[O70] where nobody fulfils the rule his choice waits for a second administrator, and stands in the record and the audit log', async () => {
    w = await world({ content: [...FORMS, vacant] });
    const { caseId } = await w.as('songqiao').start('vacant', { subject: '不得外传的事由' });
    const { id } = await only();
    await expect(w.as('peiwen').solve(id, ['songqiao'])).rejects.toMatchObject({ code: 'input.invalid' });
    expect((await w.as('peiwen').solve(id, ['fangyuan'])).result).toBe('waiting');
    expect(await w.as('fangyuan').todo()).toEqual([]);
    await expect(w.as('peiwen').solve(id, ['luchuan'])).rejects.toMatchObject({ code: 'input.invalid' });
    const [asked] = await askedExceptions(w.host);
    expect(asked).toMatchObject({ id, node: '承办', people: [{ id: 'fangyuan' }], askedBy: '裴文' });
    expect(JSON.stringify(asked)).not.toContain('不得外传');
    for (const person of ['peiwen', 'admin', 'auditadmin', 'fangyuan'])
      await expect(decide(person, id), person).rejects.toMatchObject({ code: 'not.allowed' });
    await decide('secadmin', id);
    await w.as('fangyuan').submit('承办', 'agree');
    expect(await incidents(w.host)).toEqual([]);
    const [entry] = await w.host.store.reader('history').where({ case_id: caseId, kind: 'assigned' });
    expect(JSON.parse(entry.detail)).toMatchObject({ beyond: true, agreedBy: '安全保密管理员' });
    expect(await audited()).toEqual(
      expect.arrayContaining([
        ['exception-asked', 'peiwen'],
        ['exception-agreed', 'secadmin'],
      ]),
    );
  });

  test('[O70] a choice that is refused changes nothing; the administrator may ask for another', async () => {
    w = await world({ content: [...FORMS, vacant] });
    await w.as('songqiao').start('vacant', { subject: '承办' });
    const { id } = await only();
    await w.as('peiwen').solve(id, ['fangyuan']);
    await decide('secadmin', id, false);
    expect([await w.as('fangyuan').todo(), (await only()).id]).toEqual([[], id]);
    await expect(decide('secadmin', id)).rejects.toMatchObject({ code: 'not.found' });
    expect((await w.as('peiwen').solve(id, ['luchuan'])).result).toBe('waiting');
  });

  test('[S70] [C62] his chooser tells who has to keep out of it, not why, and that an exception needs consent', async () => {
    w = await world({ content: [...FORMS, vacant, organ] });
    await w.as('songqiao').start('vacant', { subject: '承办' });
    const { id } = await only();
    const find = (q: string) => incidentPeople(w.host, w.actor('peiwen'), id, { q, say: said });
    expect(await find('宋桥')).toMatchObject({ exception: true, people: [{ id: 'songqiao', reason: '宋桥须回避' }] });
    expect(await find('方圆')).toMatchObject({ exception: true, people: [{ id: 'fangyuan', reason: '' }] });
  });
});
