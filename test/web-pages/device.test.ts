// @vitest-environment happy-dom
/** Rule [W5]: what this device keeps of an unsent text is for its author alone. */
import { beforeEach, expect, test } from 'vitest';
import { clearOld, openDevice } from '../../packages/web/session/device.ts';

const MINE = 'a1'.repeat(32);
const THEIRS = 'b2'.repeat(32);
const kept = (address: string, words: string, at = 1_000_000) => ({
  address,
  title: '容错申请',
  at,
  snapshot: { values: { facts: words, table: [{ a: 1 }] }, comment: '意见' },
});

beforeEach(() => localStorage.clear());

test('[W5] a text is found again by its author, whatever its script and length, the newest first', () => {
  const words = `第一段𬭎\n"${'字'.repeat(50_000)}"`;
  const device = openDevice(MINE);
  expect(device.put(kept('/tasks/1', words))).toBe(true);
  device.put(kept('/start/p/s', 'younger', 2_000_000));
  expect(openDevice(MINE).list()).toEqual([kept('/start/p/s', 'younger', 2_000_000), kept('/tasks/1', words)]);
});

test('[W5] whoever signs in next on this browser reads neither the text nor what it belongs to, and cannot remove it', () => {
  openDevice(MINE).put(kept('/tasks/secret', 'confidential words'));
  const other = openDevice(THEIRS);
  expect(other.list()).toEqual([]);
  other.drop('/tasks/secret');
  expect(openDevice(MINE).list()).toHaveLength(1);
  const stored = JSON.stringify({ ...localStorage });
  for (const word of ['confidential', 'secret', '容错', 'tasks', btoa('/tasks/secret')])
    expect(stored).not.toContain(word);
});

test('[W5] a later state takes the place of an earlier one, delivered text goes, forgotten text goes after thirty days', () => {
  const device = openDevice(MINE);
  device.put(kept('/tasks/1', 'a'));
  device.put(kept('/tasks/1', 'ab'));
  expect(device.list().map(({ snapshot }) => snapshot.values.facts)).toEqual(['ab']);
  device.put(kept('/tasks/2', 'b'));
  device.drop('/tasks/1');
  expect(device.list().map(({ address }) => address)).toEqual(['/tasks/2']);
  clearOld(1_000_000 + 29 * 86_400_000);
  expect(device.list()).toHaveLength(1);
  clearOld(1_000_000 + 31 * 86_400_000);
  expect(localStorage).toHaveLength(0);
});

test('[W5] a text that was tampered with or cut off is nobody’s', () => {
  openDevice(MINE).put(kept('/tasks/1', 'a'));
  const [name] = Object.keys(localStorage);
  localStorage.setItem(name!, `${localStorage.getItem(name!)!.slice(0, -6)}AAAAA=`);
  expect(openDevice(MINE).list()).toEqual([]);
});
