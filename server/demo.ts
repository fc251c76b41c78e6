/**
 * Owns demo mode: an organisation of made-up people, one common password, a clock that can be moved. Never active unless it is asked
 * for, and every page says so. Rules: [G1] without demo mode there is no default account · [G2] the clock moves for the whole server.
 */
import { readFileSync } from 'node:fs';
import type { Duty } from '@ganwei/core/actor';
import type { Host } from './catalogue/host.ts';
import type { DemoControls } from './http/request.ts';
import { hashPassword } from './identity/hashing.ts';
import { putSetting } from './store/definitions.ts';
import {
  addAccount,
  directoryChanged,
  directoryVersion,
  postId,
  putPeople,
  putPosts,
  putUnits,
} from './store/directory.ts';
import type { Store, Tx } from './store/open.ts';
import type { Worker } from './worker/loop.ts';

/** An organisation as a JSON file describes it. */
export interface Organisation {
  units: {
    id: string;
    name: string;
    shortName?: string | undefined;
    parent?: string | undefined;
    kind: string;
    level: string;
    attributes?: Record<string, unknown>;
    relations?: Record<string, string>;
  }[];
  people: {
    id: string;
    name: string;
    /** what a visitor of the demo may try with this account, in a few words; absent: not offered on the sign-in page */
    try?: string;
    attributes?: Record<string, unknown>;
    duties?: Duty[];
    posts: { unit: string; title: string; roles?: string[]; attributes?: Record<string, unknown> }[];
  }[];
}

export const readOrganisation = (file: string): Organisation => JSON.parse(readFileSync(file, 'utf8'));

/** Writes the organisation into an empty directory; does nothing to one that has people. */
export async function seedDemo(
  store: Store,
  demo: { organisation: Organisation; password: string },
  _now: number,
): Promise<void> {
  if ((await directoryVersion(store.reader)) > 0) return;
  const password = await hashPassword(demo.password);
  await store.transaction(async (tx) => {
    // Holds back another server that starts at the same moment.
    await putSetting(tx, 'demo-seed', '1');
    if ((await directoryVersion(tx)) === 0) await putOrganisation(tx, demo.organisation, password);
  });
}

/** `password`: null where nobody signs in. */
export async function putOrganisation(tx: Tx, { units, people }: Organisation, password: string | null): Promise<void> {
  await putUnits(
    tx,
    units.map((unit, sort) => ({
      id: unit.id,
      parent_id: unit.parent ?? null,
      name: unit.name,
      short_name: unit.shortName ?? unit.name,
      kind: unit.kind,
      level: unit.level,
      sort,
      active: true,
      attributes: JSON.stringify(unit.attributes ?? {}),
      relations: JSON.stringify(unit.relations ?? {}),
    })),
  );
  await putPeople(
    tx,
    people.map(({ id, name, attributes }) => ({
      id,
      name,
      active: true,
      attributes: JSON.stringify(attributes ?? {}),
    })),
  );
  await putPosts(
    tx,
    people.flatMap((person, order) =>
      person.posts.map((post, index) => ({
        id: postId(person.id, post.unit),
        person_id: person.id,
        unit_id: post.unit,
        title: post.title,
        roles: JSON.stringify(post.roles ?? []),
        main: index === 0,
        sort: order * 10 + index,
        from_date: '1900-01-01',
        to_date: '',
        attributes: JSON.stringify(post.attributes ?? {}),
      })),
    ),
  );
  for (const { id, duties } of people) {
    if (password === null) break;
    await addAccount(tx, {
      person_id: id,
      username: id,
      password,
      password_due: false,
      duties: JSON.stringify(duties ?? []),
    });
  }
  await directoryChanged(tx);
}

export interface Clock {
  now(): number;
  /** demo mode: moves the clock to this instant; it runs on from there */
  set(now: number): void;
}

export interface Demo {
  controls: DemoControls;
  accounts(): { username: string; name: string; duty: string }[];
}

/** What belongs to cases and people's work; definitions stay, and go back to those of the content folder by a release. Children before parents. */
const DATA = [
  'case_values',
  'case_people',
  'work_items',
  'waits',
  'timers',
  'drafts',
  'incidents',
  'tasks',
  'tasks_done',
  'work_done',
  'submissions',
  'history',
  'incidents_done',
  'outbox',
  'outbox_done',
  'outbox_dead',
  'notices',
  'mailings',
  'receipts',
  'letters',
  'counters',
  'ledger_rows',
  'ledger_changes',
  'ledger_counted',
  'ledger_sums',
  'records',
  'file_links',
  'files',
  'answers',
  'audit',
  'consents',
  'change_drafts',
  'change_authors',
  'change_record',
  'changes',
  'recovery_codes',
  'factors',
  'account_links',
  'door_ways',
  'ledger_views',
  'cases',
  'accounts',
  'posts',
  'people',
  'units',
] as const;

export function demoControls(
  host: Host,
  clock: Clock,
  worker: Worker,
  demo: { organisation: Organisation; password: string; restore(): Promise<unknown> },
): Demo {
  const keepOffset = (): Promise<void> =>
    host.store.transaction((tx) => putSetting(tx, 'demo-clock', String(clock.now() - Date.now())));
  return {
    controls: {
      /** [G2] Due timers fire before it answers, each at its own time's place in the order. */
      async setClock(now) {
        clock.set(now);
        await keepOffset();
        await host.refresh();
        return { now: clock.now(), fired: await worker.settle() };
      },
      async reset() {
        clock.set(Date.now());
        await keepOffset();
        const password = await hashPassword(demo.password);
        await host.store.transaction(async (tx) => {
          for (const table of DATA) await tx(table).delete();
          await putOrganisation(tx, demo.organisation, password);
        });
        await demo.restore();
        await host.refresh();
      },
    },
    accounts: () =>
      demo.organisation.people
        .filter((person) => person.try)
        .map(({ id, name, try: duty }) => ({ username: id, name, duty: duty ?? '' })),
  };
}
