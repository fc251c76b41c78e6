/** Rules [CON3] and [CON6]: deciding and mending - what is refused at its field, and what the forms work out by themselves. */
import type { Values } from '@ganwei/form/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../commands/world.ts';
import { openDesk } from './desk.ts';
import { signature } from './fillings.ts';
import { type Case, put, refused, row, spoilt, without } from './spoil.ts';

let stage: World;
beforeAll(async () => {
  stage = await openDesk();
});

const DRAFT = 'F05 拟处理意见';

const DECIDING: Case[] = [
  ['a decision without corrections', DRAFT, without('corrections'), 'corrections', /纠错要求/],
  ['a correction due today', DRAFT, row('corrections', 0, { due: '2026-09-01' }), 'corrections.0.due', /晚于今天/],
  [
    'a correction nobody answers for',
    DRAFT,
    row('corrections', 0, { responsible: undefined, responsibleUnit: undefined }),
    'corrections.0.responsible',
    /至少填一项/,
  ],
  ['a deviation from the rules without reasons', DRAFT, put({ result: 'DENIED' }), 'diffReason', /与规则建议不一致/],
  ['a reduction without handling', DRAFT, put({ result: 'REDUCED' }), 'reduceHandling', /减责后处理/],
  [
    'an exemption against a veto of the rules',
    DRAFT,
    put({}),
    'result',
    /只能拟定为不予容错/,
    { suggestion: { result: 'DENIED', veto: true, reason: '存在一票否决的不予容错情形：NT03' } },
  ],
  [
    'an exemption although a hard item was found',
    DRAFT,
    put({}),
    'result',
    /只能拟定为不予容错/,
    { verification: { negativeFinding: [{ item: 'NT03', finding: '有' }] } },
  ],
  [
    'an exemption although a soft item was found',
    DRAFT,
    put({}),
    'result',
    /不能拟定为免责/,
    { verification: { negativeFinding: [{ item: 'NT07', finding: '有' }] } },
  ],
  [
    'six conclusions of seven',
    DRAFT,
    (values) => ({ ...values, aspects: without('motive')(values.aspects as Values) }),
    'aspects.motive',
    /主观动机/,
  ],
  [
    'a resolution without majority',
    'F06 集体审议表',
    put({ dissentRecorded: '两名同志认为程序不规范。' }),
    'conclusion',
    /未过半数/,
    { council: ['agree', 'against', 'against', 'agree'].map((outcome, i) => ({ by: `m${i}`, outcome })) },
  ],
  [
    'dissent that is not recorded',
    'F06 集体审议表',
    put({}),
    'dissentRecorded',
    /不同意见/,
    { council: ['agree', 'agree', 'against'].map((outcome, i) => ({ by: `m${i}`, outcome })) },
  ],
  ['further use without outstanding conduct', 'F07 影响期满评价', put({ outstanding: '否' }), 'result', /表现突出/],
  ['a nomination without reflection', 'F07 影响期满评价', put({ deepReflection: '否' }), 'result', /只能是「暂不」/],
  [
    'a review before the period ends',
    'F07 影响期满评价',
    put({}),
    'result',
    /影响期未满/,
    { standing: { influence: { to: '2027-03-01' } } },
  ],
  ['a visit to a stranger', 'F08 回访', put({ person: 'guqing' }), 'person', /容错对象/],
];

/** 20 working days, of which half are 10 */
const TWENTY = { originalStart: '2026-09-01', originalDue: '2026-09-29' };

const MENDING: Case[] = [
  [
    'an item later than the deadline',
    'F40 整改方案',
    row('items', 0, { due: '2027-01-01' }),
    'items.0.due',
    /不能晚于整改期限/,
  ],
  [
    'a requirement nobody takes up',
    'F40 整改方案',
    row('items', 1, { requirementRef: 1 }),
    'items',
    /没有对应的整改事项/,
  ],
  ['a leader who does not lead', 'F40 整改方案', put({ leader: 'zhenghang' }), 'leader', /主要负责人或者分管负责人/],
  ['101 percent', 'F41 进展报告', row('rows', 0, { percent: 101 }), 'rows.0.percent', /不能大于 100/],
  ['unfinished without a next step', 'F41 进展报告', row('rows', 1, { next: undefined }), 'rows.1.next', /下一步/],
  [
    'an extension by 12 of 20 working days',
    'F42 延期申请',
    put({ ...TWENTY, newDue: '2026-10-21' }),
    'newDue',
    /最多可以延至 2026年10月19日/,
  ],
  [
    'an extension asked for too late',
    'F42 延期申请',
    put({ originalStart: '2026-08-03', originalDue: '2026-08-31', newDue: '2026-09-10' }),
    'newDue',
    /原定期限已过/,
  ],
  [
    'two of three items with evidence',
    'F43 销号申请',
    row('rows', 1, { evidence: undefined }),
    'rows.1.evidence',
    /佐证材料/,
  ],
  ['a party organisation that has not signed', 'F43 销号申请', without('sign'), 'sign', /签名/],
  ['one checker', 'F44 核查', put({ persons: ['fangyuan'] }), 'persons', /至少 2 项/],
  [
    'a responsible person as checker',
    'F44 核查',
    put({ persons: ['fangyuan', 'songqiao'] }),
    'persons',
    /不能参加核查/,
  ],
  ['a closing with an item undone', 'F44 核查', row('rows', 0, { finding: '不到位' }), 'overall', /不能同意销号/],
  [
    'one item of two looked at',
    'F44 核查',
    row('rows', 0, { finding: undefined, way: undefined }),
    'rows',
    /至少核查 2 项/,
  ],
  ['a fraud that nobody points at', 'F44 核查', put({ overall: '虚假整改' }), 'overall', /指明是哪一项/],
  ['a relapse without details', 'F45 回头看', put({ finding: '反弹', note: undefined }), 'note', /情况/],
];

refused(() => stage, 'decision', DECIDING);
refused(() => stage, 'rectification', MENDING);

describe('what the forms work out', () => {
  test('[CON6] whether the rectification is closed is not typed in but known', async () => {
    const filled = await spoilt(stage, 'F07 影响期满评价', put({}));
    expect(filled.values.rectState).toBe('已销号');
    const open = await spoilt(stage, 'F07 影响期满评价', put({}), { rectification: { closedOn: null } });
    expect(open.values.rectState).toBe('未销号');
  });
});

const fraud = (values: Values): Values => ({
  ...row('rows', 0, { finding: '虚假整改', note: '记录为事后补写' })(values),
  overall: '虚假整改',
  newDue: '2026-10-15',
});

describe('what the forms allow', () => {
  test('[CON6] an extension by 10 of 20 working days', async () => {
    const { errors } = await spoilt(stage, 'F42 延期申请', put({ ...TWENTY, newDue: '2026-10-19' }));
    expect(errors).toEqual([]);
  });

  test('[CON6] a fraud is found by one person and confirmed by a second', async () => {
    const first = await spoilt(stage, 'F44 核查', fraud);
    expect(first.errors).toEqual([]);
    const stored = { check: { overall: '虚假整改' } };
    const unsigned = await spoilt(stage, 'F44 核查', fraud, stored);
    expect(unsigned.errors.map(({ path }) => path)).toEqual(['secondSign']);
    const own = put({ secondSign: signature({ id: 'fangyuan', name: '方圆' }) });
    const alone = await spoilt(stage, 'F44 核查', (values) => own(fraud(values)), stored);
    expect(alone.errors.map(({ message }) => message)).toEqual(['复核人不能是核查人本人']);
  });

  test('[CON6] a draft shows what the rules suggest and to whom the copies go', async () => {
    const { values } = await spoilt(stage, 'F05 拟处理意见', put({}));
    expect(values.dmnSuggestion).toBe('予以容错免责');
    expect(values.dmnReason).toBe('总体有利（规则表第 1 版）');
    expect(String(values.cc).split('、')).toHaveLength(5);
  });

  test('[CON6] the minutes count the votes of the body they are about', async () => {
    const leading = ['agree', 'agree', 'against'].map((outcome, i) => ({ by: `m${i}`, outcome }));
    const changes = put({ organ: 'leading', dissentRecorded: '一名同志认为程序有瑕疵。' });
    const { values, errors } = await spoilt(stage, 'F06 集体审议表', changes, { leading });
    expect(errors).toEqual([]);
    expect(values.tally).toBe('参加表决 3 人，同意 2 人，不同意 1 人，弃权 0 人');
  });
});
