/** Stories of work interviews (P4): who asks, who agrees, who attends; what is counted, and what the count proposes. */
import path from 'node:path';
import type { Values } from '@ganwei/form/model';
import { afterEach, describe, expect, test } from 'vitest';
import { readFolder, type SourceFile } from '../../server/catalogue/folder.ts';
import { fillLedgers } from '../../server/commands/fill-ledgers.ts';
import { overviewView } from '../../server/queries/overview.ts';
import { type World, world } from '../commands/world.ts';
import { contentLanguage } from '../content/desk.ts';
import * as fill from '../content/interview-fillings.ts';
import { closeRectification, Interview } from './interview-walk.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
const FLOWS = ['work-interview', 'interview-cancel', 'interview-annulment', 'dossier-reading'];
/** outcomes, and nodes passed, of all stories */
const seen = new Set<string>();

/** What reminders will send: an interview proposed to the supervision office of the government. */
const PROPOSING = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="http://ganwei.dev">
<process id="sender" name="来源" isExecutable="true"><extensionElements><ganwei:case title='"来源"' numberKey='"LY"' category="测试"/></extensionElements>
<startEvent id="start" name="开始"><extensionElements><ganwei:start form="rectification.rectification-reading" as="reading" who="true"/></extensionElements></startEvent>
<sendTask id="send" name="发送"><extensionElements><ganwei:service type="message"><ganwei:input name="name" value='"interview.propose"'/>
<ganwei:input name="correlation" value="case.number"/><ganwei:input name="payload" value='{unit: "zjj", persons: ["liangdong"], situations: ["DS2"], facts: "进度滞后", reminders: ["宜政督函〔2026〕3号"], office: "zwdc"}'/>
</ganwei:service></extensionElements></sendTask><endEvent id="end" name="完"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="send"/><sequenceFlow id="f2" sourceRef="send" targetRef="end"/></process></definitions>`;

let w: World;
const open = async (now: string): Promise<void> => {
  w = await world({ content: CONTENT, now });
};
afterEach(async () => {
  const { reader } = w.host.store;
  for (const one of await reader('cases').whereIn('process', FLOWS)) {
    for (const node of Object.keys(JSON.parse(one.reached))) seen.add(node);
    for (const task of await reader('tasks_done').where({ case_id: one.id })) seen.add(`${task.node}/${task.outcome}`);
  }
  await w.stop();
});

const interview = () => new Interview(w);
const pdf = (person: string) => w.as(person).upload('佐证.pdf');
const told = async (words: string) =>
  (await w.host.store.reader('notices').where('text', 'like', `%${words}%`)).map((row) => row.person_id).sort();
/** What interviews proposed to the organisation department, oldest first; not what became of their rectification. */
const proposed = async () => {
  const rows = await w.host.store.reader('case_values').where({ name: 'requests' }).orderBy('case_id');
  const requests = rows.flatMap(({ value }) => JSON.parse(value)) as { person: string; rule: string }[];
  return requests.filter(({ rule }) => rule !== '拒不整改').map(({ person, rule }) => `${person}：${rule}`);
};
const row = async (one: Interview, person = 'wenbo') =>
  (await w.as(person).ledger('REG-04')).rows.find(({ caseId }) => caseId === one.id)?.cells;
const due = async (person: string, step: string) => (await w.as(person).view(step)).task.due?.date;
const invalid = { code: 'input.invalid' };

describe('who asks and who agrees', () => {
  test('[INT1] AS-20: the mayor who applies to the government does not agree to it himself', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().apply({ addressee: '呈报市政府' }, 'shenlicheng');
    await one.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    expect(await one.waiting()).toEqual(['zhouqihang']);
  });

  test('[INT1] AS-20: the supervision office applies, the staff of a bureau cannot', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().apply({ addressee: '呈报市政府' });
    await one.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    expect(await one.waiting()).toEqual(['shenlicheng']);
    const values = fill.application(await pdf('yinchuan'));
    await expect(w.as('yinchuan').start('work-interview', values, 'byOffice')).rejects.toMatchObject({
      code: 'case.start-forbidden',
    });
    const again = w.as('wenbo').start('work-interview', {}, 'again');
    await expect(again).rejects.toMatchObject({ code: 'not.found' });
  });

  test('[INT10] whoever is to be interviewed does not read of it before his notice, whatever else he may read', async () => {
    await open('2026-09-21T09:00');
    const interviewees = [{ person: 'tangning', role: '分管负责人' }];
    const one = await interview().apply({ objectOrg: 'zzb', interviewees });
    await expect(w.as('tangning').case(one.id)).rejects.toMatchObject({ code: 'not.found' });
    expect((await w.as('yuanke').case(one.id)).case.id).toBe(one.id);
  });

  test('[INT1] sent back by the office and by the leader it is mended; not agreed to, or turned into a reminder, it ends', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().apply();
    await one.submit('wenbo', '市委办公室核报', 'back', {}, '请补充八月以来的督查情况');
    await one.submit('qiufan', '修改申请', 'submit', fill.application(await pdf('qiufan')));
    await one.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    await one.submit('zhouqihang', '主要领导同意启动', 'back', {}, '请核对主要负责人和分管负责人');
    await one.submit('qiufan', '修改申请', 'submit', fill.application(await pdf('qiufan')));
    await one.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    await one.submit('zhouqihang', '主要领导同意启动', 'disagree', {}, '先由督查室督办，暂不约谈');
    expect(await one.status()).toBe('不同意启动');
    expect(await told('约谈申请未获同意')).toEqual(['qiufan']);
    const other = await interview().apply();
    await other.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    await other.submit('zhouqihang', '主要领导同意启动', 'remind', {}, '问题不严重，改为工作提醒');
    expect(await other.status()).toBe('改为工作提醒');
  });
});

describe('the plan', () => {
  const planned = async (changes: Values, now = '2026-09-21T09:00') => {
    await open(now);
    const one = await (await interview().apply(changes)).agree();
    return (heldAt: string, more: Values = {}) =>
      one.submit('wenbo', '制定约谈方案', 'submit', fill.plan(heldAt, more));
  };
  const field = async (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => [],
      ({ fields }) => fields.map(({ path: at, message }: { path: string; message: string }) => [at, message]),
    );

  test('[INT2] AS-22: the main interviewer is a main leader, or the leader in charge; another leader needs a reason', async () => {
    const plan = await planned({});
    const wrong = '主约谈人须为市委、市政府主要领导或者分管市领导';
    expect(await field(plan('2026-09-28T09:00', { mainInterviewer: 'hezhou' }))).toEqual([['mainInterviewer', wrong]]);
    expect(await field(plan('2026-09-28T09:00', { mainInterviewer: 'hansu' }))).toMatchObject([
      ['notInCharge', expect.anything()],
    ]);
    expect(await field(plan('2026-09-28T09:00'))).toEqual([]);
  });

  test('[INT2] AS-22: for a matter of investment 罗维 is not in charge, and says why he does it', async () => {
    const plan = await planned({ area: '招商引资' });
    expect(await field(plan('2026-09-28T09:00'))).toMatchObject([['notInCharge', expect.anything()]]);
    expect(await field(plan('2026-09-28T09:00', { notInCharge: '韩素同志出差，由其委托主持约谈。' }))).toEqual([]);
  });

  test('[INT2] AS-24: the recorder is of the organisation department', async () => {
    const plan = await planned({});
    expect(await field(plan('2026-09-28T09:00', { recorder: 'qiufan' }))).toEqual([
      ['recorder', '记录人须为市委组织部人员'],
    ]);
  });

  test('[INT3] three full working days lie between the notice and the interview, one when it is urgent', async () => {
    const plan = await planned({});
    expect(await field(plan('2026-09-24T09:00'))).toMatchObject([
      ['heldAt', expect.stringContaining('3 个完整工作日')],
    ]);
    expect(await field(plan('2026-09-22T09:00', { urgent: true }))).toMatchObject([['heldAt', expect.anything()]]);
    expect(await field(plan('2026-09-23T09:00', { urgent: true }))).toEqual([]);
  });

  test('[INT2] both organs agree; what one wants changed is changed and asked again, after the third time the secretary general decides', async () => {
    await open('2026-09-21T09:00');
    const one = await (await interview().apply()).agree();
    for (let round = 1; round <= 3; round++) {
      await one.submit('wenbo', '制定约谈方案', 'submit', fill.plan('2026-10-14T09:00'));
      await one.submit('zhongli', '商定方案', 'submit', { result: '提出修改', opinion: '请增加对资金拨付的询问。' });
      await one.submit('tangning', '商定方案', 'submit', fill.agreed());
    }
    expect(await one.waiting()).toEqual(['jianglan']);
    await one.submit('jianglan', '方案审定', 'back', {}, '请增加对资金拨付的询问');
    await one.plan('2026-10-14T09:00');
    expect(await one.waiting()).toEqual(['liangdong']);
  });
});

describe('notice, interview and record', () => {
  test('[INT3] AS-01: held on 30 September, the plan of rectification is due on 13 October; sent in on that day it is in time', async () => {
    await open('2026-09-21T09:00');
    await interview().whole('2026-09-21', '2026-09-30', ['liangdong']);
    const { number } = await w.host.store.reader('letters').where({ template: 'interview-notice' }).first();
    expect(number).toBe('宜办约谈〔2026〕1号');
    expect(await due('liangdong', '制定整改方案')).toBe('2026-10-13');
  });

  test('[INT3] AS-01: sent in a day later it is late, and the ledger says so', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().whole('2026-09-21', '2026-09-30', ['liangdong']);
    await w.at('2026-10-13T23:59');
    expect(await row(one)).toMatchObject({ planOnTime: null });
    await w.at('2026-10-19T00:00');
    expect(await row(one)).toMatchObject({ planOnTime: '否' });
  });

  test('[INT3] AS-02: held on 24 September, it is due on 9 October', async () => {
    await open('2026-09-17T09:00');
    await interview().whole('2026-09-17', '2026-09-24', ['liangdong']);
    expect(await due('liangdong', '制定整改方案')).toBe('2026-10-09');
  });

  test('[INT3] another time is asked for once; the number of the interview stays', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    const { number } = (await w.as('wenbo').case(one.id)).case;
    const leave = { attend: '申请改期', reason: '当天须赴省厅参加项目评审会议。', phone: '0717-0000000' };
    await one.submit('liangdong', '约谈回执', 'submit', leave);
    await one.submit('luowei', '主约谈人审批改期', 'agree', {
      heldAt: '2026-09-30T09:00',
      place: '市委办公楼三楼会议室',
    });
    await one.submit('liangdong', '约谈回执', 'submit', leave);
    expect(await one.waiting()).toEqual(['wenbo']);
    expect((await w.as('wenbo').case(one.id)).case.number).toBe(number);
  });

  test('[INT3] another time refused, or no reply: the interview stands as it was', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    const leave = { attend: '申请改期', reason: '当天须赴省厅参加项目评审会议。', phone: '0717-0000000' };
    await one.submit('liangdong', '约谈回执', 'submit', leave);
    await one.submit('luowei', '主约谈人审批改期', 'refuse', {}, '评审会议可以请分管副局长参加');
    expect(await one.waiting()).toEqual(['wenbo']);
    const silent = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    await w.at('2026-09-23T00:00');
    expect(await silent.waiting()).toEqual(['wenbo']);
  });

  test('[INT4] AS-24: who refuses to sign does not hold it up: a witness says so, and the dossier keeps it', async () => {
    await open('2026-09-21T09:00');
    const one = await (await interview().apply({ interviewees: [{ person: 'songqiao', role: '分管负责人' }] })).agree();
    await (await one.plan('2026-09-30T09:00')).replied('songqiao');
    await one.held('2026-09-30', { songqiao: '到' });
    await one.submit('yuanke', '约谈记录', 'submit', fill.record('2026-09-30'));
    await one.submit('songqiao', '约谈对象签字', 'submit', { mode: '拒签', remark: '对指出的问题有不同看法。' });
    await one.submit('yuanke', '拒签见证', 'submit', { witness: 'tangning', note: '当面送交记录，本人拒绝签字。' });
    await one.submit('luowei', '主约谈人签字', 'sign', fill.closed(w.actor('luowei')));
    const [letter] = await w.host.store.reader('letters').where({ template: 'interview-record' });
    expect((await w.host.store.reader('receipts').where({ letter_id: letter.id })).map((one) => one.person_id)).toEqual(
      ['songqiao'],
    );
    const [entry] = await w.host.store.reader('records').where({ ledger: 'dossier', record_key: 'songqiao' });
    expect(JSON.parse(entry.values).text).toContain('拒签：对指出的问题有不同看法。（见证人唐宁）');
  });

  test('[INT4] who does not sign in a working day has not signed', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-30T09:00');
    await (await one.replied('liangdong')).held('2026-09-30', { liangdong: '到' });
    await one.submit('yuanke', '约谈记录', 'submit', fill.record('2026-09-30'));
    await w.at('2026-10-09T00:00');
    expect(await one.waiting()).toEqual(['yuanke']);
  });

  test('[INT4] nobody came: noticed once more; absent again without a reason it is proposed to act on it, and it counts for nothing', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    await (await one.replied('liangdong')).held('2026-09-28', { liangdong: '未到' });
    expect(await proposed()).toEqual([]);
    await one.submit('wenbo', '另定约谈时间', 'submit', { heldAt: '2026-10-09T09:00', place: '市委办公楼三楼会议室' });
    await (await one.replied('liangdong')).held('2026-10-09', { liangdong: '未到' });
    expect(await one.status()).toBe('无故不参加');
    expect(await proposed()).toEqual(['liangdong：无故不参加约谈']);
    expect(await w.host.store.reader('records').where({ ledger: 'interview-held' })).toEqual([]);
  });

  test('[INT4] absent for a good reason, he is noticed again as often as it takes', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    for (const day of ['2026-09-28', '2026-10-09']) {
      await one.replied('liangdong');
      await w.at(`${day}T11:00`);
      const { rows, ...sheet } = fill.attendance(day, { liangdong: '未到' });
      const excused = (rows as Values[]).map((seat) =>
        seat.capacity === '约谈对象' ? { ...seat, excused: '是' } : seat,
      );
      await one.submit('wenbo', '实施约谈', 'submit', { ...sheet, rows: excused });
      const heldAt = day === '2026-09-28' ? '2026-10-09T09:00' : '2026-10-16T09:00';
      await one.submit('wenbo', '另定约谈时间', 'submit', { heldAt, place: '市委办公楼三楼会议室' });
    }
    expect([await one.waiting(), await proposed()]).toEqual([['liangdong'], []]);
  });

  test('[INT4] the sheet names the main interviewer of the plan, both organs throughout, and every interviewee', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-28T09:00');
    await one.replied('liangdong');
    await w.at('2026-09-28T11:00');
    const sheet = (changes: (rows: Values[]) => Values[], main = 'luowei') => {
      const values = fill.attendance('2026-09-28', { liangdong: '到' }, main);
      return one.submit('wenbo', '实施约谈', 'submit', { ...values, rows: changes(values.rows as Values[]) });
    };
    const same = (rows: Values[]) => rows;
    await expect(sheet(same, 'hansu')).rejects.toMatchObject(invalid);
    await expect(sheet((rows) => rows.slice(0, 4))).rejects.toMatchObject(invalid);
    const short = (rows: Values[]) =>
      rows.map((seat) => (seat.person === 'zhongli' ? { ...seat, fullTime: '否' } : seat));
    await expect(sheet(short)).rejects.toMatchObject(invalid);
    await sheet(same);
    expect(await one.status()).toBe('已约谈');
  });

  test('[INT4] one of two came: his interview goes on, the other is noticed once more on his own', async () => {
    await open('2026-09-21T09:00');
    const interviewees = [
      { person: 'liangdong', role: '主要负责人' },
      { person: 'songqiao', role: '分管负责人' },
    ];
    const one = await (await (await interview().apply({ interviewees })).agree()).plan('2026-09-28T09:00');
    await (await one.replied('liangdong', 'songqiao')).held('2026-09-28', { liangdong: '到', songqiao: '未到' });
    await one.recorded('2026-09-28', ['liangdong']);
    const [again] = await w.host.store.reader('cases').where({ process: 'work-interview', start: 'again' });
    const other = interview();
    other.id = again.id;
    await other.submit('wenbo', '另定约谈时间', 'submit', {
      heldAt: '2026-10-09T09:00',
      place: '市委办公楼三楼会议室',
    });
    expect(await other.waiting()).toEqual(['songqiao']);
    await (await other.replied('songqiao')).held('2026-10-09', { songqiao: '未到' });
    expect(await other.status()).toBe('无故不参加');
    expect(await proposed()).toEqual(['songqiao：无故不参加约谈']);
  });
});

describe('what is counted', () => {
  test.each([
    [['2025-03-11'], '2026-03-11', 2],
    [['2025-03-11'], '2026-03-12', 1],
    [['2024-02-29'], '2025-02-28', 2],
    [['2024-02-29'], '2025-03-01', 1],
    [['2023-02-28'], '2024-02-29', 1],
    [['2025-11-20', '2026-04-16'], '2026-09-10', 3],
  ])('[INT5] AS-12: %j and %s make %i: the year is added to the earlier day', async (earlier, day, count) => {
    await open('2026-09-01T09:00');
    const counted = (await contentLanguage()).compile('interview count(days, day)');
    expect(counted.evaluate({ days: [...earlier, day], day })).toBe(count);
  });

  test('[INT5] [INT12] AS-10, AS-17: the first is circulated, for the second and the third a proposal is made, wherever he works meanwhile', async () => {
    await open('2025-11-13T09:00');
    await interview().whole('2025-11-13', '2025-11-20', ['liangdong']);
    expect(await proposed()).toEqual([]);
    await interview().whole('2026-04-09', '2026-04-16', ['liangdong']);
    expect(await proposed()).toEqual(['liangdong：诫勉']);
    const third = await interview().whole('2026-09-03', '2026-09-10', ['liangdong'], { objectOrg: 'dy-zf' });
    expect((await proposed()).at(-1)).toBe('liangdong：组织处理');
    expect(await row(third)).toMatchObject({ counts: '梁栋第 3 次', consequence: '组织处理', since: '2025-11-20' });
    // The unit’s figure stays with the unit at the day of the interview.
    while (!(await fillLedgers(w.host)));
    const units = await overviewView(w.host, w.actor('yuanke'), 'personnel');
    const chart = units.charts.find(({ key }) => key === 'units');
    const figures = chart?.figures.map(({ label, value }) => [label, value]);
    expect(figures).toEqual(
      expect.arrayContaining([
        ['宜昌市住房和城乡建设局', 2],
        ['当阳市人民政府', 1],
      ]),
    );
  });

  test('[INT5] AS-13: one interview of three counts one for each; only who had one before is proposed', async () => {
    await open('2025-07-25T09:00');
    await interview().whole('2025-07-25', '2025-08-01', ['songqiao']);
    const one = await interview().whole('2026-05-06', '2026-05-12', ['liangdong', 'songqiao', 'zhenghang']);
    expect(await row(one)).toMatchObject({ counts: '梁栋第 1 次、宋桥第 2 次、郑航第 1 次' });
    expect(await proposed()).toEqual(['songqiao：诫勉']);
  });

  test('[INT5] an earlier interview that is recorded late adds to the count of the later one', async () => {
    await open('2026-04-09T09:00');
    const late = await (await (await interview().apply()).agree()).plan('2026-04-16T09:00');
    await (await late.replied('liangdong')).held('2026-04-16', { liangdong: '到' });
    await interview().whole('2026-05-06', '2026-05-12', ['liangdong']);
    expect(await proposed()).toEqual([]);
    await late.recorded('2026-04-16', ['liangdong']);
    expect(await proposed()).toEqual(['liangdong：诫勉']);
  });
});

describe('what follows', () => {
  const archived = async (changes: Values = {}) => {
    await open('2026-09-21T09:00');
    return interview().whole('2026-09-21', '2026-09-30', ['liangdong'], changes);
  };

  test('[INT6] AS-26: the first interview must be circulated; the media need a reason and a main leader, who may say no', async () => {
    const one = await archived();
    await expect(one.submit('wenbo', '拟制通报', 'skip', {}, '情节轻微，拟不再通报')).rejects.toThrow();
    const media = fill.circulation({ media: true, outlets: '三峡日报' });
    await expect(one.submit('wenbo', '拟制通报', 'submit', media)).rejects.toMatchObject(invalid);
    const mediaReason = '该问题群众反映强烈、社会关注度高，公开通报有利于回应关切、接受监督、推动整改。';
    await one.submit('wenbo', '拟制通报', 'submit', { ...media, mediaReason });
    await one.submit('jianglan', '秘书长审批通报', 'approve');
    expect(await one.waiting()).toEqual(['zhouqihang']);
    await one.submit('zhouqihang', '主要领导审批公开', 'disagree', {}, '在系统内通报即可，不必公开');
    const { number } = await w.host.store.reader('letters').where({ template: 'interview-circulation' }).first();
    expect(number).toBe('宜办通报〔2026〕1号');
    expect(await row(one)).toMatchObject({ media: '否', status: '整改中' });
  });

  test('[INT6] AS-26: agreed to, it is published as well; sent back, it is mended', async () => {
    const one = await archived();
    const mediaReason = '该问题群众反映强烈、社会关注度高，公开通报有利于回应关切、接受监督、推动整改。';
    const media = fill.circulation({ media: true, outlets: '三峡日报', mediaReason });
    await one.submit('wenbo', '拟制通报', 'submit', media);
    await one.submit('jianglan', '秘书长审批通报', 'back', {}, '请压缩文字并核对单位名称');
    await one.submit('wenbo', '拟制通报', 'submit', media);
    await one.submit('jianglan', '秘书长审批通报', 'approve');
    await one.submit('zhouqihang', '主要领导审批公开', 'agree');
    expect(await row(one)).toMatchObject({ media: '是' });
  });

  test('[INT6] the second interview need not be circulated', async () => {
    const first = await archived();
    await first.submit('wenbo', '拟制通报', 'submit', fill.circulation());
    const one = await interview().whole('2026-10-12', '2026-10-19', ['liangdong']);
    await one.submit('wenbo', '拟制通报', 'skip', {}, '首次约谈已经通报，不再通报');
    expect(await one.waiting()).toEqual([]);
  });

  test('[INT7] AS-28: the review finds no effect after the first interview, and R8 is proposed all the same; then it closes', async () => {
    const one = await archived();
    await one.submit('wenbo', '拟制通报', 'submit', fill.circulation());
    await one.submit('jianglan', '秘书长审批通报', 'approve');
    await closeRectification(w);
    await one.submit('hezhou', '督查室复核', 'submit', fill.review('2026-09-30', '成效仍不明显'));
    expect(await proposed()).toEqual(['liangdong：R8']);
    expect(await one.status()).toBe('已销号');
    expect(await row(one)).toMatchObject({ review: '成效仍不明显', planOnTime: '是' });
  });

  test('[INT7] what is not done is rectified anew; done, the interview closes, and nobody proposes anything', async () => {
    const one = await archived();
    await one.submit('wenbo', '拟制通报', 'submit', fill.circulation());
    await one.submit('jianglan', '秘书长审批通报', 'approve');
    await closeRectification(w);
    const again = fill.review('2026-09-30', '不到位', { newDue: '2026-12-18' });
    await one.submit('hezhou', '督查室复核', 'submit', again);
    expect(await due('liangdong', '制定整改方案')).toBe('2026-10-13');
    await closeRectification(w);
    await one.submit('hezhou', '督查室复核', 'submit', fill.review('2026-09-30', '到位'));
    expect([await one.status(), await proposed()]).toEqual(['已销号', []]);
  });
});

describe('cancelled and annulled', () => {
  test('[INT8] agreed to but not held: cancelled by the secretary general, it counts for nothing', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-30T09:00');
    await w.as('wenbo').act(one.id, 'cancel', { reason: '事项已经解决，不再约谈。' });
    await w.as('jianglan').submit('秘书长决定取消', 'refuse', {}, '仍须当面核实情况，按原定时间约谈');
    expect(await one.status()).toBe('已通知');
    await w.as('wenbo').act(one.id, 'cancel', { reason: '约谈对象住院治疗，一时不能约谈。' });
    await w.as('jianglan').submit('秘书长决定取消', 'agree');
    expect([await one.status(), await one.waiting()]).toEqual(['已取消', []]);
    expect(await told('原定的约谈')).toEqual(['liangdong', 'luowei', 'tangning', 'yuanke', 'zhongli']);
    expect(await w.host.store.reader('records')).toEqual([]);
  });

  test('[INT8] held while the decision was awaited, it is cancelled no more', async () => {
    await open('2026-09-21T09:00');
    const one = await (await (await interview().apply()).agree()).plan('2026-09-30T09:00');
    await w.as('wenbo').act(one.id, 'cancel', { reason: '约谈对象住院治疗，一时不能约谈。' });
    await (await one.replied('liangdong')).held('2026-09-30', { liangdong: '到' });
    await w.as('jianglan').submit('秘书长决定取消', 'agree');
    expect(await one.status()).toBe('已约谈');
    const [cancellation] = await w.host.store.reader('cases').where({ process: 'interview-cancel' });
    expect(cancellation.status).toBe('TOO_LATE');
  });

  test('[INT8] annulled: it counts no more, later ones are counted anew, and a proposal that waits is left to people without the rule that it rested on', async () => {
    await open('2026-04-09T09:00');
    const first = await interview().whole('2026-04-09', '2026-04-16', ['liangdong']);
    await interview().whole('2026-05-06', '2026-05-12', ['liangdong']);
    expect(await proposed()).toEqual(['liangdong：诫勉']);
    const reason = '经复核，约谈所依据的进度数据有误，应当撤销。';
    await w.as('hezhou').act(first.id, 'annul', { reason, evidence: [await pdf('hezhou')] });
    await w.as('zhouqihang').submit('主要领导决定撤销', 'refuse', {}, '请先核对统计部门的数据');
    expect(await first.status()).toBe('整改中');
    await w.as('hezhou').act(first.id, 'annul', { reason, evidence: [await pdf('hezhou')] });
    await w.as('zhouqihang').submit('主要领导决定撤销', 'agree');
    expect([await first.status(), await row(first)]).toMatchObject(['已撤销', { status: '已撤销' }]);
    expect(await told('处理建议的依据变化。重新判定：梁栋（宜办约谈〔2026〕2号）改为第 1 次')).toEqual(['yuanke']);
    const rectifications = await w.host.store.reader('cases').where({ process: 'rectification' }).orderBy('number');
    expect(rectifications.map(({ status }) => status)).toEqual(['CANCELLED', 'PLAN_DUE']);
    const handling = (await w.as('yuanke').ledger('REG-16')).rows.map(({ cells }) => cells);
    expect(handling).toMatchObject([{ status: '核实中', rules: '拒不整改', suggested: '诫勉' }]);
    const next = await interview().whole('2026-06-01', '2026-06-09', ['liangdong']);
    expect(await row(next)).toMatchObject({ counts: '梁栋第 2 次' });
    expect(await proposed()).toEqual(['liangdong：诫勉']);
    const letters = (await w.as('wenbo').ledger('REG-18')).rows.map(({ cells }) => [cells.number, cells.state]);
    expect(letters).toContainEqual(['宜办约谈〔2026〕1号', '作废']);
    expect(letters).toContainEqual(['宜办约谈〔2026〕2号', '有效']);
  });
});

describe('the dossier', () => {
  const asked = (person: string, subject = 'liangdong') =>
    w
      .as(person)
      .start('dossier-reading', { subject, purpose: '巡察市住建局党组，了解领导干部履职情况，供巡察组研判。' });
  const archived = async () => {
    await open('2026-09-21T09:00');
    await interview().whole('2026-09-21', '2026-09-30', ['liangdong']);
  };

  test('[INT9] it is read with an approval and a reason, within days, and who read it stands written', async () => {
    await archived();
    const { caseId } = await asked('liuqing');
    await w.as('tangning').submit('组织部审批查阅', 'agree', { days: 2 });
    const { values } = (await w.as('liuqing').view('查阅档案')).form as unknown as { values: Values };
    expect(values.entries).toMatchObject([{ kind: '约谈', basis: '宜办约谈〔2026〕1号' }]);
    await w.as('liuqing').submit('查阅档案', 'done', { note: '已查阅，用于巡察研判。' });
    expect((await w.as('tangning').case(caseId)).case.status.label).toBe('已查阅');
    const again = await asked('liuqing');
    await w.as('tangning').submit('组织部审批查阅', 'agree', { days: 2 });
    await w.at('2026-10-13T00:00');
    expect((await w.as('tangning').case(again.caseId)).case.status.label).toBe('已查阅');
  });

  test('[INT9] refused it stays shut; nobody reads his own, and who is not named may not ask', async () => {
    await archived();
    const { caseId } = await asked('fangyuan');
    await w.as('tangning').submit('组织部审批查阅', 'refuse', {}, '请先写明具体用途和范围');
    expect((await w.as('fangyuan').case(caseId)).case.status.label).toBe('不同意查阅');
    await expect(asked('yuanke', 'yuanke')).rejects.toMatchObject(invalid);
    for (const person of ['liangdong', 'yinchuan', 'qiufan', 'zgmeijuan'])
      await expect(asked(person, 'songqiao'), person).rejects.toMatchObject({ code: 'case.start-forbidden' });
    expect((await w.as('yuanke').ledger('REG-08')).rows.map(({ cells }) => [cells.subject, cells.reader])).toEqual([
      ['梁栋', '方圆'],
    ]);
    for (const person of ['liangdong', 'fangyuan', 'fuzheng'])
      await expect(w.as(person).ledger('REG-08'), person).rejects.toMatchObject({ code: 'not.found' });
  });
});

describe('who knows of it', () => {
  test('[INT10] the ledger is for the offices, the organisation department and the leading group; letters are listed to nobody else', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().whole('2026-09-21', '2026-09-30', ['liangdong']);
    for (const person of ['wenbo', 'qiufan', 'pengliang', 'yuanke', 'zhouqihang', 'tangning'])
      expect(await row(one, person), person).toMatchObject({ noticeNo: '宜办约谈〔2026〕1号' });
    for (const person of [
      'liangdong',
      'yinchuan',
      'zhongli',
      'dingyiming',
      'qinfang',
      'zgguanjie',
      'zgmeijuan',
      'liuqing',
    ])
      await expect(row(one, person), person).rejects.toMatchObject({ code: 'not.found' });
    const letters = async (person: string) =>
      (await w.as(person).ledger('REG-18')).rows
        .map(({ cells }) => cells.number)
        .filter((no) => String(no).includes('约谈'));
    const listed = ['宜办约谈〔2026〕1号', '宜办约谈〔2026〕1号（记录）'];
    for (const person of ['wenbo', 'yuanke']) expect((await letters(person)).sort(), person).toEqual(listed);
    for (const person of ['qiufan', 'pengliang']) expect(await letters(person), person).toEqual(listed.slice(0, 1));
    for (const person of ['fuzheng', 'dingyiming', 'gaoyuan', 'zhongli'])
      expect(await letters(person), person).toEqual([]);
  });

  test('[INT10] of the discipline organ only who attended reads the record; the interviewee reads it, the applicant does not', async () => {
    await open('2026-09-21T09:00');
    const one = await interview().whole('2026-09-21', '2026-09-30', ['liangdong']);
    const forms = async (person: string) => JSON.stringify(await w.as(person).case(one.id));
    for (const person of ['zhongli', 'liangdong', 'yuanke', 'wenbo'])
      expect(await forms(person), person).toContain('管线迁改协调不够');
    expect(await forms('qiufan')).not.toContain('管线迁改协调不够');
    for (const person of ['dingyiming', 'qinxiao', 'sumin', 'songqiao', 'zhenghang'])
      await expect(forms(person), person).rejects.toMatchObject({ code: 'not.found' });
  });
});

test('[INT1] AS-54: what reminders propose is a draft that the supervision office confirms, or drops', async () => {
  const sender: SourceFile = { kind: 'process', key: 'sender', file: 'sender.bpmn', source: PROPOSING };
  w = await world({ content: [...CONTENT, sender], now: '2026-09-21T09:00' });
  const proposal = async (): Promise<Interview> => {
    await w.as('qiufan').start('sender', { remark: '开始发送' });
    const one = interview();
    one.id = (await w.host.store.reader('cases').where({ process: 'work-interview' }).orderBy('number', 'desc'))[0].id;
    return one;
  };
  const one = await proposal();
  expect(await one.waiting()).toEqual(['pengliang', 'renyuan']);
  const { values } = (await w.as('pengliang').view('确认约谈申请')).form as unknown as { values: Values };
  expect(values).toMatchObject({
    objectOrg: 'zjj',
    interviewees: [{ person: 'liangdong' }],
    situations: ['DS2'],
    reminders: '宜政督函〔2026〕3号',
  });
  await one.submit(
    'pengliang',
    '确认约谈申请',
    'submit',
    fill.application(await pdf('pengliang'), { addressee: '呈报市政府' }),
  );
  await one.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
  expect(await one.waiting()).toEqual(['shenlicheng']);
  const other = await proposal();
  await other.submit('pengliang', '确认约谈申请', 'drop', {}, '经核实已经改善，不申请约谈');
  expect(await other.status()).toBe('不予约谈');
});

test('[INT11] the stories leave out no outcome, no end and no timer', async () => {
  await open('2026-09-01T09:00');
  for (const flow of FLOWS) {
    const nodes = [...(await w.host.catalogue().process(flow)).model.nodes.values()];
    const outcomes = nodes.flatMap(({ id: node, task }) => (task?.outcomes ?? []).map(({ key }) => `${node}/${key}`));
    const rest = nodes.filter(({ kind, timer }) => kind === 'end' || timer !== undefined).map(({ id: node }) => node);
    expect(
      [...outcomes, ...rest].filter((thing) => !seen.has(thing)),
      flow,
    ).toEqual([]);
  }
});
