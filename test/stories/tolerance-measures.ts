/** Stories of what the measures say of subjects, matters and time: several subjects, one matter twice, people who moved, what is overdue. */
import { expect, test } from 'vitest';
import { followPosts } from '../../server/commands/follow-posts.ts';
import { taskView } from '../../server/queries/task-view.ts';
import { directoryChanged } from '../../server/store/directory.ts';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { act, CITY, COUNTY, Walk } from './tolerance-walk.ts';

type Values = Record<string, unknown>;

const affair = (eventTitle: string) => ({ eventTitle });
const told = async (w: World, walk: Walk, words: string): Promise<string[]> => {
  const rows = await w.host.store.reader('notices').where({ case_id: walk.caseId }).where('text', 'like', `%${words}%`);
  return rows.map((row) => row.person_id).sort();
};
const page = async (walk: Walk, person: string, step: string) =>
  taskView(walk.w.host, walk.w.actor(person), await walk.taskId(step));
/** The case that was begun for one of several subjects. */
const apart = async (w: World, title: string): Promise<Walk> => {
  const rows = await w.host.store.reader('cases').where({ process: 'tolerance', start: 'separate' });
  const found = rows.find((row) => row.title.startsWith(title));
  return new Walk(w).started({ caseId: found.id, number: found.number });
};
const copiesOf = async (w: World, walk: Walk): Promise<string[]> => {
  const letter = await w.host.store
    .reader('letters')
    .where({ case_id: walk.caseId, template: 'tolerance-decision' })
    .first();
  const receipts = await w.host.store.reader('receipts').where({ letter_id: letter.id, kind: 'copy' });
  return receipts.map((row) => row.unit_id).sort();
};

/** `printer` prints on paper that can be read. */
export function measures(open: () => World, printer: { printed: string[] }): void {
  test('[CON71] two subjects of different units are verified together, and judged, decided, copied and corrected one by one', async () => {
    const w = open();
    const subjects = [
      { person: 'songqiao', role: '分管负责人', relation: '分管项目建设' },
      { person: 'guqing', role: '分管负责人', relation: '分管数据共享' },
    ];
    const cast = {
      ...CITY,
      units: ['zjj-dz', 'sjju-dz', 'zzb', 'sj', 'xc'],
      heard: ['yinchuan', 'linxue', 'yuanke', 'shilei', 'liuqing'],
    };
    const walk = await new Walk(w, cast).apply({ ...affair('两个单位的事项'), subjects });
    await walk.accept();
    await walk.team();
    await walk.verify();
    await walk.opinions();
    await walk.statement('songqiao');
    await walk.statement('guqing');
    await walk.adopt();
    const other = await apart(w, '两个单位的事项');
    expect((await walk.values<{ subjects: Values[] }>('application')).subjects).toMatchObject([{ person: 'songqiao' }]);
    expect((await other.values<{ subjects: Values[] }>('application')).subjects).toMatchObject([{ person: 'guqing' }]);
    expect(await other.values<Values[]>('statement')).toMatchObject([{ by: 'guqing' }]);
    await expect(w.as('guqing').case(walk.caseId)).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as('songqiao').case(other.caseId)).rejects.toMatchObject({ code: 'not.found' });
    for (const each of [walk, other]) await each.panel();
    await walk.untilIssue();
    const diffReason =
      '经综合研判，该同志未尽到数据共享的把关责任，且事后未及时报告，免责不足以体现责任，不宜予以容错，理由充分。';
    const corrections = [
      { requirement: '完善数据共享审核', standard: '制度印发', responsible: 'guqing', due: '2027-12-31' },
    ];
    await other.untilIssue({ result: 'DENIED', diffReason, corrections });
    expect((await walk.issue()).letters[0]?.title).toBe('关于对宋桥予以容错免责的决定');
    expect((await other.issue()).letters[0]?.title).toBe('关于对顾青不予容错的决定');
    expect(await copiesOf(w, walk)).toEqual(['sj', 'xc', 'zjj-dz', 'zjj-jj', 'zzb']);
    expect(await copiesOf(w, other)).toEqual(['jw', 'sj', 'sjju-dz', 'xc', 'zzb']);
    const unit = async (parent: string) => {
      const child = await w.host.store.reader('cases').where({ parent_id: parent, process: 'rectification' }).first();
      const row = await w.host.store.reader('case_values').where({ case_id: child.id, name: 'request' }).first();
      return JSON.parse(row.value).responsibleUnit;
    };
    expect([await unit(walk.caseId), await unit(other.caseId)]).toEqual(['zjj', 'sjju']);
    const rows = (await w.as('fuzheng').ledger('REG-02')).rows.map(({ cells }) => cells);
    expect(rows.find(({ number }) => number === other.number)).toMatchObject({
      acceptedOn: '2026-03-02',
      result: '不予容错',
    });
  });

  test('[CON72] the same matter: the verification is shared, each has a decision of his own; the same person once, whatever he calls it', async () => {
    const w = open();
    const first = await new Walk(w).apply(affair('滨江路管网抢修先行开挖'));
    await first.accept();
    await first.team();
    await first.verify();
    const again = await new Walk(w).apply(affair('关于二月十日夜间处置情况'));
    await expect(again.accept({ matter: first.number })).rejects.toMatchObject({ code: 'task.operation-barred' });
    const spelt = await new Walk(w).apply(affair('滨江路管网抢修，先行开挖'));
    await expect(spelt.accept()).rejects.toMatchObject({ code: 'task.operation-barred' });

    const subjects = [{ person: 'liangdong', role: '主要负责人', relation: '现场总指挥' }];
    const joined = await new Walk(w, { ...CITY, applicant: 'liangdong' }).apply({
      ...affair('滨江路应急处置'),
      subjects,
    });
    const { form } = await page(joined, 'fuzheng', '受理审查');
    expect(form?.values.matter).toBe('新');
    await joined.accept({ matter: first.number });
    await joined.team();
    const report = await page(joined, 'fangyuan', '核查取证');
    const { factFindings, lossVerified } = await first.values<Values>('verification');
    expect(report.form?.values).toMatchObject({ factFindings, lossVerified });
    expect(report.form?.values.threeDistinctions).toMatchObject([{ item: 'a' }, { item: 'b' }, { item: 'c' }]);
    expect(JSON.stringify(report.form?.values.threeDistinctions)).not.toContain('finding');
    await joined.verify();
    expect(joined.number).not.toBe(first.number);
  });

  test('[CON73] who has moved is named by his post at the time of the facts; the copies go where he is now', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('调动前的事项'));
    await walk.untilDraft();
    await walk.untilIssue();
    await move(w, 'songqiao', 'zjj', 'sjju', '副局长', '2026-03-02');
    printer.printed.length = 0;
    await walk.issue();
    await move(w, 'songqiao', 'sjju', 'zjj', '', '2026-03-02');
    const text = printer.printed.join('').replaceAll(/\s/g, '');
    expect(text).toContain('时任宜昌市住房和城乡建设局副局长，现任宜昌市数据局副局长');
    expect(await copiesOf(w, walk)).toEqual(['jw', 'sj', 'sjju-dz', 'xc', 'zzb']);
  });

  test('[L70] a unit without a liaison does not hold up the signature: its copy is undelivered, and handed over once somebody is there', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('未送达的事项'));
    await walk.untilDraft();
    await walk.untilIssue();
    await without(w, 'sj', async () => {
      const { letters } = await walk.issue();
      const receipts = () => w.host.store.reader('receipts').where({ letter_id: letters[0]?.id, unit_id: 'sj' });
      expect(await receipts()).toMatchObject([{ person_id: '', signed_at: null }]);
      expect(await w.host.store.reader('incidents').where({ case_id: walk.caseId })).toMatchObject([
        { kind: 'undelivered', detail: '宜昌市审计局没有指定收文联络人' },
      ]);
      expect((await walk.waiting()).签收决定书).not.toContain('shilei');
    });
    await followPosts(w.host);
    expect((await walk.waiting()).签收决定书).toContain('shilei');
    expect(await w.host.store.reader('incidents').where({ case_id: walk.caseId })).toEqual([]);
    await walk.submit('shilei', '签收决定书', 'sign');
  });

  test('[CON7] the party organisation learns who agreed and who refused', async () => {
    const w = open();
    const subjects = [
      { person: 'songqiao', role: '分管负责人', relation: '分管项目建设' },
      { person: 'zhenghang', role: '直接责任人', relation: '项目负责人' },
    ];
    const walk = new Walk(w);
    const values = fill.applicationOnBehalf(await walk.pdf('yinchuan'), {
      ...act(),
      subjects,
      ...affair('代为申请的告知'),
    });
    walk.started(await w.as('yinchuan').start('tolerance', values, 'onBehalf'));
    await walk.submit('songqiao', '本人确认', 'agree', fill.confirmation(w.actor('songqiao')));
    await walk.submit('zhenghang', '本人确认', 'refuse', {}, '本人认为不属于容错范围，不同意申请');
    expect(await told(w, walk, '同意的：宋桥；不同意的：郑航')).toEqual(['yinchuan']);
  });

  test('[CON10] a grave case of a county goes to the group of the county', async () => {
    const w = open();
    const walk = await new Walk(w, COUNTY).apply({ ...affair('县级重大事项'), accountabilityOrgan: 'zg-jw' });
    await walk.untilDraft({ verification: { lossVerified: 600, remedyVerified: 590 } });
    await walk.draft();
    await walk.review();
    await walk.council();
    await walk.minutes();
    expect(await walk.waiting()).toEqual({ 领导小组审议: ['zgliming', 'zgyuzhou'] });
  });

  test('[CON77] what is overdue is told to more and more people, and the end of the whole period is told before and after', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('逾期的事项'));
    await w.at('2026-03-06T09:00');
    expect(await told(w, walk, '已逾期 1 个工作日')).toEqual(['dingyiming', 'fuzheng']);
    await w.at('2026-03-10T09:00');
    expect(await told(w, walk, '已逾期 3 个工作日')).toEqual(['dingyiming', 'fuzheng', 'gaoyuan']);
    await w.at('2026-03-13T09:00');
    expect(await told(w, walk, '亮红灯')).toEqual(['dingyiming', 'fuzheng', 'gaoyuan']);
    const { totalDue } = await walk.values<{ totalDue: string }>('deadlines');
    expect(totalDue).toBe('2026-05-08');
    await w.at('2026-05-07T09:00');
    expect(await told(w, walk, '总办理期限临近，请抓紧办理')).toEqual(['dingyiming', 'fuzheng']);
    expect(await told(w, walk, '总办理期限已过')).toEqual([]);
    await w.at('2026-05-09T09:00');
    expect(await told(w, walk, '总办理期限已过')).toEqual(['dingyiming', 'fuzheng', 'gaoyuan']);
  });

  test('[CON74] corrections whose date has passed at the signature are refused there', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('纠错期限已到的事项'));
    await walk.untilDraft();
    const corrections = [{ requirement: '完善制度', standard: '制度印发', responsible: 'songqiao', due: '2026-05-20' }];
    await walk.untilIssue({ corrections });
    await w.at('2026-05-20T09:00');
    await expect(walk.issue()).rejects.toMatchObject({ code: 'task.operation-barred' });
    await walk.giveBack('gaoyuan', '签发容错处理决定书', 'draftOpinion', 'straight', '纠错期限已到，请改期后再报签发');
    await walk.draft({ corrections: [{ ...corrections[0], due: '2026-06-30' }] });
    await walk.issue();
  });
}

/** While this is done, nobody in the unit receives letters. */
async function without(w: World, unit: string, act: () => Promise<void>): Promise<void> {
  const turn = async (from: string, to: string) => {
    await w.host.store.transaction(async (tx) => {
      for (const post of await tx('posts').where({ unit_id: unit }))
        await tx('posts')
          .where({ id: post.id })
          .update({ roles: post.roles.replace(from, to) });
      await directoryChanged(tx);
    });
    await w.host.refresh();
  };
  await turn('"liaison"', '"direct"');
  await act();
  await turn('"direct"', '"liaison"');
}

/** His main post ends in one unit and begins in the other; without a title the old one is taken up again. */
async function move(w: World, person: string, from: string, to: string, title: string, day: string): Promise<void> {
  const yesterday = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  await w.host.store.transaction(async (tx) => {
    await tx('posts').where({ person_id: person, unit_id: from }).update({ to_date: yesterday });
    if (title === '') await tx('posts').where({ person_id: person, unit_id: to }).update({ to_date: '' });
    else {
      const row = await tx('posts').where({ person_id: person, unit_id: from }).first();
      await tx('posts').insert({ ...row, id: `${person}@${to}`, unit_id: to, title, from_date: day, to_date: '' });
    }
    await directoryChanged(tx);
  });
  await w.host.refresh();
}
