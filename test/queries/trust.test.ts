/** Who reads what is added, who started and sent a case, readers of a part, and what is written down of those who were refused. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attachFiles } from '../../server/commands/attach-files.ts';
import { addComment } from '../../server/commands/comment-case.ts';
import { orNoted } from '../../server/commands/note-refused.ts';
import { audience } from '../../server/queries/audience.ts';
import { auditLog } from '../../server/queries/audit.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { readableFile } from '../../server/queries/lists.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

/** The organ looks into the matter, then the person concerned has his say; the secretary of the commission reads all, the office its letters. */
const heard = bpmn(
  'heard',
  [
    start(),
    user('look', '核查', `assignees='["luchuan", "fangyuan"]' mode="all" form="opinion" as="found"`, AGREE),
    user('say', '陈述', `assignees='["songqiao"]' form="request" as="said"`, AGREE),
    user('close', '办结', `assignees='["gaoyuan"]'`, AGREE),
    end(),
    line('start', 'look', 'say', 'close', 'end'),
  ].join('\n'),
  `readers='actor.id = "gaoyuan"' subjects='if request = null then [] else ["songqiao"]'`,
).source.replace(
  '<ganwei:status key="open"',
  `<ganwei:reader who='actor.id = "helan"' things="acts" forms="request"/><ganwei:status key="open"`,
);
const HEARD = { kind: 'process' as const, key: 'heard', file: 'heard.bpmn', source: heard };

let w: World;
let caseId: string;
beforeEach(async () => {
  w = await world({ content: [...FORMS, HEARD] });
  ({ caseId } = await w.as('qinxiao').start('heard', { subject: '甲事' }));
});
afterEach(() => w?.stop());

const of = async (person: string) => JSON.stringify(await w.as(person).case(caseId));
const by = (person: string) => ({ actor: w.actor(person), address: '10.1.2.3' });

describe('what is added', () => {
  test('[READ10] is for the author’s own organ, unless he says that the persons concerned may read it', async () => {
    const [inner, outer] = [
      await w.as('fangyuan').upload('谈话记录.pdf', '%PDF-1.4 a'),
      await w.as('fangyuan').upload('告知书.pdf', '%PDF-1.4 b'),
    ];
    await addComment(w.host, by('fangyuan'), caseId, '内部研究的话');
    await attachFiles(w.host, by('fangyuan'), caseId, [inner.id]);
    await addComment(w.host, by('fangyuan'), caseId, '请当事人补充材料', 'concerned');
    await attachFiles(w.host, by('fangyuan'), caseId, [outer.id], 'concerned');
    for (const person of ['fangyuan', 'luchuan'])
      for (const word of ['内部研究的话', '谈话记录', '请当事人补充材料', '告知书'])
        expect(await of(person)).toContain(word);
    for (const word of ['内部研究的话', '谈话记录']) expect(await of('songqiao')).not.toContain(word);
    for (const word of ['请当事人补充材料', '告知书']) expect(await of('songqiao')).toContain(word);
    await expect(readableFile(w.host, w.actor('songqiao'), inner.id)).rejects.toMatchObject({ code: 'not.found' });
    expect((await readableFile(w.host, w.actor('songqiao'), outer.id)).id).toBe(outer.id);
  });

  test('[READ10] before it is sent a handler is told how many will read it, whoever sees who works on the case is told their names', async () => {
    for (const person of ['luchuan', 'fangyuan']) await w.as(person).submit('核查', 'agree', { score: 7 });
    expect(await audience(w.host, w.actor('fangyuan'), caseId)).toEqual({
      organ: { count: 1, names: [] },
      concerned: { count: 3, names: [] },
      readers: true,
    });
    await w.as('songqiao').submit('陈述', 'agree', { subject: '甲事' });
    expect((await audience(w.host, w.actor('gaoyuan'), caseId)).concerned.names.sort()).toEqual(
      ['宋桥', '方圆', '秦晓'].sort(),
    );
    await expect(audience(w.host, w.actor('zhenghang'), caseId)).rejects.toMatchObject({ code: 'not.found' });
  });
});

describe('who started, who sent', () => {
  test('[READ11] the person concerned is not told who started his case, nor who did the step before his', async () => {
    for (const person of ['luchuan', 'fangyuan']) await w.as(person).submit('核查', 'agree', { score: 7 });
    const view = await w.as('songqiao').case(caseId);
    expect(view.case.starter.name).toBe('');
    expect(view.timeline.map(({ kind, who }) => [kind, who])).toEqual([
      ['started', null],
      ['submitted', null],
      ['submitted', null],
    ]);
    const [todo] = (await inbox(w.host, w.actor('songqiao'), 'todo', { q: '', limit: 10 })).rows;
    expect(todo).toMatchObject({ node: '陈述', from: '' });
    await w.as('songqiao').submit('陈述', 'agree', { subject: '甲事' });
    expect((await w.as('gaoyuan').case(caseId)).case.starter.name).toBe('秦晓');
    expect((await inbox(w.host, w.actor('gaoyuan'), 'todo', { q: '', limit: 10 })).rows[0]!.from).toBe('宋桥');
  });

  test('[READ12] whom the process opens a part sees that, and of the rest that there is a case', async () => {
    await addComment(w.host, by('fangyuan'), caseId, '内部研究的话');
    for (const person of ['luchuan', 'fangyuan'])
      await w.as(person).submit('核查', 'agree', { score: 7 }, '查明的情况');
    const view = await w.as('helan').case(caseId);
    expect(view.forms.map(({ as }) => as)).toEqual(['request']);
    expect(view.timeline.map(({ kind }) => kind)).toEqual(['started', 'submitted', 'submitted']);
    expect(JSON.stringify(view)).not.toContain('内部研究的话');
    expect([view.tasks.flatMap(({ holders }) => holders), view.drawing]).toEqual([[], false]);
    await expect(w.as('caijing').case(caseId)).rejects.toMatchObject({ code: 'not.found' });
  });
});

describe('what is refused', () => {
  test('[A70] [R30] a file that is not his is refused as if there were none, and written down without its name', async () => {
    const file = await w.as('fangyuan').upload('证人名单.pdf');
    await w.as('fangyuan').attach(caseId, [file.id]);
    const ask = (id: string) =>
      orNoted(w.host, by('songqiao'), 'file', id, () => readableFile(w.host, w.actor('songqiao'), id));
    await expect(ask(file.id)).rejects.toMatchObject({ code: 'not.found' });
    await expect(ask('f00000000000000000zz')).rejects.toMatchObject({ code: 'not.found' });
    const { rows } = await auditLog(w.host, { act: 'access-refused' });
    const { number } = (await w.as('fangyuan').case(caseId)).case;
    expect(rows).toMatchObject([
      {
        who: { id: 'songqiao' },
        address: '10.1.2.3',
        refused: { kind: 'file', type: 'PDF', number },
      },
    ]);
    expect(number).not.toBe('');
    expect(JSON.stringify(rows)).not.toContain('证人名单');
  });
});
