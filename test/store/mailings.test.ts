/** How it stands with many people at once, and the mark up to which each was told, on both databases. */
import { expect, test } from 'vitest';
import { NEVER } from '../../server/store/rows.ts';
import { dueMailings, moveMailing, putMailing, putOffMailings, standingOf } from '../../server/store/standing.ts';
import { onBoth } from './both.ts';

onBoth('mailings', (stage) => {
  const item = (id: string, person_id: string, opened_at: number, due_at = NEVER, rank = 1) => ({
    ...{ id, task_id: id, case_id: 'c', person_id, state: 'open', position: 0, from_person: '', reason: 'new' },
    ...{ number: 'N', title: 't', process: 'p', task_name: 'n', opened_at, due_at, due_provisional: false, rank },
    find_text: '',
  });
  const notice = (id: string, person_id: string, at: number, read_at: number | null = null) => ({
    ...{ id, person_id, kind: 'notice', case_id: null, title: 't', text: '', from_name: '', at, read_at },
  });
  const row = (person_id: string, next_at: number) => ({
    ...{ person_id, choice: 'soon' as const, language: 'zh-CN' as const, told_until: 100, mailed_at: 0, next_at },
  });
  const due = (limit = 10, after = { next: -1, person: '' }) =>
    dueMailings(stage.store.reader, { now: 1000, endOfToday: 2000, until: 900, after, limit });

  test('[MSG8] news are what came after the mark and has settled; waiting and read ones are none', async () => {
    await stage.store.transaction(async (tx) => {
      await tx('work_items').insert([
        ...[item('1', 'a', 100), item('2', 'a', 101, 1500), item('3', 'a', 900, 1000), item('4', 'a', 901)],
        ...[item('5', 'a', 500, NEVER, 9), item('6', 'b', 500)],
      ]);
      await tx('notices').insert([notice('1', 'a', 100), notice('2', 'a', 200), notice('3', 'a', 300, 301)]);
      for (const one of [row('a', 10), row('b', 20), row('c', 20), row('d', 1001)]) await putMailing(tx, one);
    });
    const found = await due();
    expect(
      found.map(({ person_id, fresh, today, overdue, messages }) => [person_id, fresh, today, overdue, messages]),
    ).toEqual([
      ['a', 2, 1, 1, 1],
      ['b', 1, 0, 0, 0],
      ['c', 0, 0, 0, 0],
    ]);
    expect((await due(1, { next: 20, person: 'b' })).map((one) => one.person_id)).toEqual(['c']);
  });

  test('[MSG8] the mark is moved once', async () => {
    const to = { told_until: 900, mailed_at: 1000, next_at: 2800 };
    const moved = await Promise.all(
      [1, 2].map(() => stage.store.transaction((tx) => moveMailing(tx, row('a', 10), to)).catch(() => false)),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    await stage.store.transaction((tx) => putOffMailings(tx, ['a', 'b', 'c'], 1000, 1300));
    expect(await due()).toEqual([]);
    expect(
      await stage.store
        .reader('mailings')
        .orderBy('person_id')
        .pluck('next_at')
        .then((all) => all.map(Number)),
    ).toEqual([2800, 1300, 1300, 1001]);
  });

  test('[MSG4] how it stands with somebody is another text when something came, went or is due now', async () => {
    const at = (now: number) => standingOf(stage.store.reader, ['a', 'b', 'x'], { now, endOfToday: 2000 });
    const before = await at(900);
    expect(await at(900)).toEqual(before);
    expect((await at(1000)).get('a')).not.toBe(before.get('a'));
    await stage.store.transaction((tx) => tx('notices').insert(notice('9', 'b', 1)));
    const after = await at(900);
    expect(after.get('b')).not.toBe(before.get('b'));
    expect([after.get('a'), after.get('x')]).toEqual([before.get('a'), '']);
  });
});
