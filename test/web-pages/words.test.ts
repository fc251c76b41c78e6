// @vitest-environment happy-dom
/** Rules [PAGE8]-[PAGE10]: words and dates. */
import { INCIDENT_KINDS, incidentKind, waysOf } from '@ganwei/core/incident';
import { describe, expect, test } from 'vitest';
import { type Due, dayBounds, dueText, momentText, shortMoment, tookText } from '../../packages/web/kit/format.ts';
import type { MessageKey, Say } from '../../packages/web/kit/language.tsx';
import { cellText } from '../../packages/web/ledger/cell.ts';
import { administrationEn } from '../../packages/web/messages/administration.en-US.ts';
import { administrationZh } from '../../packages/web/messages/administration.zh-CN.ts';
import { caseEn } from '../../packages/web/messages/case.en-US.ts';
import { caseZh } from '../../packages/web/messages/case.zh-CN.ts';
import { changeEn } from '../../packages/web/messages/change.en-US.ts';
import { changeZh } from '../../packages/web/messages/change.zh-CN.ts';
import { contentEn } from '../../packages/web/messages/content.en-US.ts';
import { contentZh } from '../../packages/web/messages/content.zh-CN.ts';
import { diagramEn } from '../../packages/web/messages/diagram.en-US.ts';
import { diagramZh } from '../../packages/web/messages/diagram.zh-CN.ts';
import { dialogEn } from '../../packages/web/messages/dialog.en-US.ts';
import { dialogZh } from '../../packages/web/messages/dialog.zh-CN.ts';
import { doorEn } from '../../packages/web/messages/door.en-US.ts';
import { doorZh } from '../../packages/web/messages/door.zh-CN.ts';
import { enUS } from '../../packages/web/messages/en-US.ts';
import { flowEn } from '../../packages/web/messages/flow.en-US.ts';
import { flowZh } from '../../packages/web/messages/flow.zh-CN.ts';
import { foreignEn } from '../../packages/web/messages/foreign.en-US.ts';
import { foreignZh } from '../../packages/web/messages/foreign.zh-CN.ts';
import { formDesignEn } from '../../packages/web/messages/form-design.en-US.ts';
import { formDesignZh } from '../../packages/web/messages/form-design.zh-CN.ts';
import { impactEn } from '../../packages/web/messages/impact.en-US.ts';
import { impactZh } from '../../packages/web/messages/impact.zh-CN.ts';
import { keptEn } from '../../packages/web/messages/kept.en-US.ts';
import { keptZh } from '../../packages/web/messages/kept.zh-CN.ts';
import { ledgerEn } from '../../packages/web/messages/ledger.en-US.ts';
import { ledgerZh } from '../../packages/web/messages/ledger.zh-CN.ts';
import { letterEn } from '../../packages/web/messages/letter.en-US.ts';
import { letterZh } from '../../packages/web/messages/letter.zh-CN.ts';
import { letterDesignEn } from '../../packages/web/messages/letter-design.en-US.ts';
import { letterDesignZh } from '../../packages/web/messages/letter-design.zh-CN.ts';
import { namesEn } from '../../packages/web/messages/names.en-US.ts';
import { namesZh } from '../../packages/web/messages/names.zh-CN.ts';
import { noticeEn } from '../../packages/web/messages/notice.en-US.ts';
import { noticeZh } from '../../packages/web/messages/notice.zh-CN.ts';
import { overviewEn } from '../../packages/web/messages/overview.en-US.ts';
import { overviewZh } from '../../packages/web/messages/overview.zh-CN.ts';
import { passwordEn } from '../../packages/web/messages/password.en-US.ts';
import { passwordZh } from '../../packages/web/messages/password.zh-CN.ts';
import { playEn } from '../../packages/web/messages/play.en-US.ts';
import { playZh } from '../../packages/web/messages/play.zh-CN.ts';
import { startEn } from '../../packages/web/messages/start.en-US.ts';
import { startZh } from '../../packages/web/messages/start.zh-CN.ts';
import { trustEn } from '../../packages/web/messages/trust.en-US.ts';
import { trustZh } from '../../packages/web/messages/trust.zh-CN.ts';
import { zhCN } from '../../packages/web/messages/zh-CN.ts';

const ZH = {
  ...zhCN,
  ...administrationZh,
  ...caseZh,
  ...changeZh,
  ...contentZh,
  ...passwordZh,
  ...diagramZh,
  ...dialogZh,
  ...doorZh,
  ...flowZh,
  ...foreignZh,
  ...formDesignZh,
  ...letterDesignZh,
  ...impactZh,
  ...keptZh,
  ...ledgerZh,
  ...letterZh,
  ...namesZh,
  ...noticeZh,
  ...overviewZh,
  ...playZh,
  ...startZh,
  ...trustZh,
};
const EN = {
  ...enUS,
  ...administrationEn,
  ...caseEn,
  ...changeEn,
  ...contentEn,
  ...passwordEn,
  ...diagramEn,
  ...dialogEn,
  ...doorEn,
  ...flowEn,
  ...foreignEn,
  ...formDesignEn,
  ...letterDesignEn,
  ...impactEn,
  ...keptEn,
  ...ledgerEn,
  ...letterEn,
  ...namesEn,
  ...noticeEn,
  ...overviewEn,
  ...playEn,
  ...startEn,
  ...trustEn,
};

const say: Say = (key, params = {}) => ZH[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('words', () => {
  test('[PAGE8] both languages have the same words with the same placeholders, and English has no Chinese', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const key of Object.keys(ZH) as MessageKey[]) {
      expect([key, placeholders(EN[key])]).toEqual([key, placeholders(ZH[key])]);
      expect([key, /\p{Script=Han}/u.test(EN[key])]).toEqual([key, false]);
    }
    expect(Object.keys(EN).sort()).toEqual(Object.keys(ZH).sort());
  });
});

test('[T9] each kind of incident has words of its own and a way on; one of another version may be tried again', () => {
  const kinds = [...INCIDENT_KINDS, 'other'] as const;
  expect(new Set(kinds.map((kind) => ZH[`incident.${kind}`])).size).toBe(kinds.length);
  expect(kinds.filter((kind) => waysOf(kind).length === 0)).toEqual([]);
  expect([incidentKind('nobody'), incidentKind('paper-jam'), waysOf('other')]).toEqual(['nobody', 'other', ['retry']]);
});

describe('time', () => {
  const due = (change: Partial<Due>): Due => ({
    at: at('2026-10-14T00:00:00'),
    date: '2026-10-13',
    state: 'normal',
    workingDays: 2,
    provisional: false,
    ...change,
  });

  test.each([
    [{}, '剩 2 个工作日（10月13日 24:00）'],
    [{ workingDays: 0, state: 'soon' as const }, '今日到期（10月13日 24:00）'],
    [{ workingDays: -1, state: 'overdue' as const }, '逾期 1 个工作日（10月13日 24:00）'],
    [{ workingDays: 0, state: 'overdue' as const }, '已逾期（10月13日 24:00）'],
    [{ at: at('2026-10-13T17:30:00') }, '剩 2 个工作日（10月13日 17:30）'],
    [{ provisional: true }, '剩 2 个工作日（10月13日 24:00） 待校准'],
  ])('[PAGE9] a deadline reads as people say it: %j', (change, text) => {
    expect(dueText(due(change), say, 'zh-CN')).toBe(text);
  });

  test('[PAGE10] moments are those of the house, whatever the browser’s zone', () => {
    const moment = at('2026-10-13T00:30:00');
    expect(momentText(moment, 'zh-CN')).toBe('2026年10月13日 00:30');
    expect(shortMoment(moment, at('2026-12-31T23:00:00'))).toBe('10-13 00:30');
    expect(shortMoment(moment, at('2027-01-01T01:00:00'))).toBe('2026-10-13 00:30');
    expect(dayBounds('2026-10-13')).toEqual([at('2026-10-13T00:00:00'), at('2026-10-14T00:00:00') - 1]);
    expect([20_000, 5 * 60_000, 47 * 3_600_000, 72 * 3_600_000].map((took) => tookText(took, say))).toEqual([
      '不到 1 分钟',
      '5 分钟',
      '47 小时',
      '3 天',
    ]);
  });

  test('[PAGE10] a cell of a ledger is written in office form', () => {
    const column = {
      key: 'a',
      label: 'A',
      filter: 'none',
      sortable: false,
      shown: true,
      width: 90,
      total: false,
    } as const;
    const choices = [{ value: 'y', label: '是' }];
    expect(cellText({ ...column, choices, type: 'choice' }, ['y', 'n'], 'zh-CN')).toBe('是、n');
    expect(cellText({ ...column, choices: [], type: 'money' }, 1234.5, 'zh-CN')).toBe('1,234.50');
    expect(cellText({ ...column, choices: [], type: 'date' }, '2026-10-03', 'zh-CN')).toBe('2026年10月3日');
    expect(cellText({ ...column, choices: [], type: 'text' }, null, 'zh-CN')).toBe('—');
  });
});
