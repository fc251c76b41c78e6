/** What doors keep: ways that are bounded and count once, links that are nobody else's, sessions that end by what the other side calls them. */
import { Conflict } from '@ganwei/core/refusal';
import { expect, test } from 'vitest';
import {
  addLink,
  dropDoorSessions,
  hearOnce,
  keepWay,
  type LinkRow,
  linkOf,
  takeWay,
  type WayRow,
  wayOf,
} from '../../server/store/doors.ts';
import type { Tx } from '../../server/store/open.ts';
import { addSession, findSession } from '../../server/store/sessions.ts';
import { onBoth } from './both.ts';

onBoth('doors', (stage) => {
  const change = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => stage.store.transaction(work);
  const way = (id: string, begun_at: number): WayRow => {
    return {
      id,
      door: 'oidc',
      browser_hash: 'b',
      state: 'asked',
      person_id: '',
      back: '/',
      kept: { n: '字' },
      begun_at,
    };
  };

  test('[IDP2] a way counts once; the oldest go where there are too many, and those that are too old', async () => {
    for (const at of [1, 2, 3]) await change((tx) => keepWay(tx, way(`w${at}`, at), 0, 2));
    const left = async () => (await stage.store.reader('door_ways').orderBy('id').select('id')).map(({ id }) => id);
    expect(await left()).toEqual(['w2', 'w3']);
    expect((await wayOf(stage.store.reader, 'w3'))?.kept).toEqual({ n: '字' });
    expect([await change((tx) => takeWay(tx, 'w3')), await change((tx) => takeWay(tx, 'w3'))]).toEqual([true, false]);
    await change((tx) => keepWay(tx, way('w4', 20), 10, 2));
    await change((tx) => keepWay(tx, way('w4', 21), 10, 2));
    expect(await left()).toEqual(['w4']);
  });

  const link = (subject_hash: string, person_id: string): LinkRow => {
    return { door: 'oidc', subject_hash, subject: 'x', person_id, called: '', linked_at: 1 };
  };

  test('[IDP5] of two who link the same at once one is told to look again', async () => {
    await change((tx) => addLink(tx, link('h1', 'a')));
    await expect(change((tx) => addLink(tx, link('h1', 'b')))).rejects.toThrow(Conflict);
    await expect(change((tx) => addLink(tx, link('h2', 'a')))).rejects.toThrow(Conflict);
    await change((tx) => addLink(tx, { ...link('h1', 'a'), door: 'other' }));
    expect((await linkOf(stage.store.reader, 'oidc', 'h1'))?.person_id).toBe('a');
  });

  test('[IDP8] a message counts once while it is remembered', async () => {
    const hear = (now: number) => change((tx) => hearOnce(tx, 'm1', now, now - 100));
    expect([await hear(1000), await hear(1050), await hear(1101)]).toEqual([true, false, true]);
  });

  test('[IDP8] sessions end by what the other side calls them, those of another door or of none stay', async () => {
    const base = { csrf: 'c', created_at: 0, expires_at: 1000, seen_at: 500, person_id: 'a' };
    const of = { ...base, door: 'oidc', door_person: 'p' };
    await change(async (tx) => {
      await addSession(tx, { ...base, token_hash: 'local' });
      await addSession(tx, { ...of, token_hash: 's1', door_session: '1' });
      await addSession(tx, { ...of, token_hash: 's2', door_session: '2' });
      await addSession(tx, { ...of, token_hash: 's3', door_session: '3' });
      await addSession(tx, { ...of, token_hash: 'other', door: 'other' });
    });
    const open = async () => {
      const hashes = ['local', 's1', 's2', 's3', 'other'];
      const found = await Promise.all(hashes.map((hash) => findSession(stage.store.reader, hash, 700, 400)));
      return hashes.filter((_, index) => found[index]);
    };
    expect(await change((tx) => dropDoorSessions(tx, { door: 'oidc', door_session: '1' }))).toEqual(['a']);
    expect(await open()).toEqual(['local', 's2', 's3', 'other']);
    await change((tx) => dropDoorSessions(tx, { door: 'oidc', person_id: 'a' }, 's3'));
    expect(await open()).toEqual(['local', 's3', 'other']);
    expect(await change((tx) => dropDoorSessions(tx, { door: 'oidc', door_person: 'p' }))).toEqual(['a']);
    expect(await open()).toEqual(['local', 'other']);
  });
});
