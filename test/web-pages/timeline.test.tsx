// @vitest-environment happy-dom
/** Rule [H3]: every line of the record says who did what, in both languages. */
import { DOERS, HISTORY_KINDS, isPersonsAct, kindOf } from '@ganwei/core/history';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { SessionProvider } from '../../packages/web/session/session.tsx';
import { phasesOf } from '../../packages/web/trace/phases.ts';
import { Timeline, type TraceProps } from '../../packages/web/trace/timeline.tsx';

type Entry = TraceProps['timeline'][number];

const WHO = { id: 'p1', name: '李明', unit: '办公室' };

/** The lines of these entries as a person reads them. */
function linesOf(...entries: Partial<Entry>[]): string[] {
  const full = entries.map((entry, index) => ({
    id: String(index),
    at: Date.parse('2026-09-21T22:13:00+08:00'),
    kind: 'other' as const,
    by: 'person' as const,
    who: WHO,
    node: '',
    phase: '',
    outcome: '',
    comment: '',
    took: null,
    detail: {},
    ...entry,
  }));
  const { container } = render(
    <LanguageProvider>
      <SessionProvider>
        <Timeline entries={full} next={[]} tasks={[]} />
      </SessionProvider>
    </LanguageProvider>,
  );
  return [...container.querySelectorAll('.timeline > li')].map((line) =>
    [...line.querySelectorAll('.line-head > *, .line-text, blockquote')]
      .map((part) => part.textContent)
      .filter((text) => text !== '')
      .join('｜'),
  );
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', () => new Promise(() => {}));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the record', () => {
  test.each<[Partial<Entry>, string]>([
    [{ kind: 'urged', comment: '明天要上会' }, '催办｜李明 办公室｜明天要上会'],
    [{ kind: 'signer-added', node: '会签', detail: { names: '陆川、方圆' } }, '会签｜李明 办公室｜加签：陆川、方圆'],
    [{ kind: 'suspended', detail: { reason: '等待鉴定' } }, '中止办理｜李明 办公室｜中止原因：等待鉴定'],
    [{ kind: 'resumed', detail: { days: 3 } }, '恢复办理｜李明 办公室｜恢复办理，各项期限顺延 3 个工作日'],
    [{ kind: 'handed-over', detail: { toName: '陆川' } }, '变更发起人｜李明 办公室｜发起人变更为 陆川'],
    [
      { kind: 'rescheduled', node: '核查', detail: { from: '2026-10-09', due: '2026-10-16' } },
      '核查｜李明 办公室｜期限由 2026年10月9日 调整为 2026年10月16日',
    ],
    [
      { kind: 'rescheduled', detail: { from: null, due: '2026-10-16' } },
      '调整办理期限｜李明 办公室｜期限定为 2026年10月16日',
    ],
    [
      { kind: 'recalculated', by: 'house', who: null, detail: { from: '2027-01-04', due: '2027-01-05' } },
      '日历更新后重新计算期限｜期限由 2027年1月4日 调整为 2027年1月5日',
    ],
    [{ kind: 'ended-early', detail: { by: 'T-2026-0001' } }, '提前结束｜李明 办公室｜由 T-2026-0001 决定提前结束'],
    [
      { kind: 'action-started', detail: { action: '申请延期', number: 'E-1' } },
      '发起附属事项｜李明 办公室｜申请延期（E-1）已发起',
    ],
    [
      { kind: 'action-ended', detail: { action: '申请延期', number: 'E-1', result: '同意' } },
      '附属事项已办结｜李明 办公室｜申请延期（E-1）：同意',
    ],
  ])('[H3] a line names who did what: %j', (entry, line) => {
    expect(linesOf(entry)).toEqual([line]);
  });

  test('[H3] whoever may not know the words reads no half sentence, and who it was stays hidden', () => {
    expect(linesOf({ kind: 'returned', node: '核查', who: null, detail: null })).toEqual(['核查｜其他办理人｜退回']);
    expect(linesOf({ kind: 'suspended', detail: {} })).toEqual(['中止办理｜李明 办公室']);
  });

  test('[H3] an entry that another version wrote shows what is known of it', () => {
    expect(kindOf('looked-up')).toBe('other');
    expect(kindOf('toString')).toBe('other');
    expect(linesOf({ kind: 'other', comment: '已核对', detail: { kind: 'looked-up' } })).toEqual([
      '其他记录｜李明 办公室｜记录类别：looked-up｜已核对',
    ]);
  });

  test('[H3] no kind reads like another, and none is left without words', () => {
    const heads = linesOf(...HISTORY_KINDS.map((kind) => ({ kind, detail: null })));
    expect(new Set(heads).size).toBe(HISTORY_KINDS.length);
    expect(heads.filter((head) => head.startsWith('｜'))).toEqual([]);
  });

  test('[H3] what a timer caused is the house’s, what a person caused is his', () => {
    expect(
      HISTORY_KINDS.filter((kind) => DOERS[kind] === 'either').map((kind) => isPersonsAct(kind, '')),
    ).not.toContain(true);
    expect(isPersonsAct('suspended', 'p1')).toBe(true);
    expect(isPersonsAct('letter', 'p1')).toBe(false);
  });
});

describe('a long record', () => {
  const entry = (phase: string) => ({ phase });
  const many = (phase: string, count: number) => Array.from({ length: count }, () => entry(phase));

  test('[PAGE51] is cut where it goes on to another phase; what is in none stays with what came before', () => {
    const record = [entry(''), ...many('受理', 3), entry(''), ...many('核查', 4), ...many('受理', 2)];
    expect(phasesOf(record).map(({ name, entries }) => [name, entries.length])).toEqual([
      ['受理', 5],
      ['核查', 4],
      ['受理', 2],
    ]);
    expect(phasesOf(many('受理', 30))).toHaveLength(1);
    expect(phasesOf([entry(''), entry('受理'), entry('核查')])).toEqual([
      { name: '', entries: [entry(''), entry('受理'), entry('核查')] },
    ]);
  });

  test('[PAGE51] shows the present phase and folds the others', () => {
    linesOf(...many('受理', 6), ...many('核查', 6));
    const phases = [...document.querySelectorAll('details')];
    expect(phases.map((one) => [one.querySelector('strong')?.textContent, one.open])).toEqual([
      ['受理', false],
      ['核查', true],
    ]);
  });
});
