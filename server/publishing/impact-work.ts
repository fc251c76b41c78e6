/**
 * Owns the work of a replay in whatever thread it is done: both states of the content are opened, finished cases are read some at a time, the
 * newest first, and what has been found so far is told after each page. Reads only. Rules: [IMP1] [IMP4] [IMP6].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Definition } from '@ganwei/release/definition';
import { compareCase, type Pair, pairOf } from '@ganwei/release/impact/compare';
import { groundOf, type Outside } from '@ganwei/release/impact/ground';
import { couldMove, type Movable } from '@ganwei/release/impact/moving';
import { type Tally, Tallying } from '@ganwei/release/impact/tally';
import { openRelease, openWorkshop, type Release } from '@ganwei/release/release';
import { listed } from '../catalogue/case-scope.ts';
import { type Directory, makeDirectory } from '../catalogue/directory.ts';
import { PlatformLanguage, peopleIn, TOOK_PART } from '../catalogue/language.ts';
import { knownOf, type Told } from '../commands/examine.ts';
import { loadDefinition, loadMarking } from '../store/definitions.ts';
import { loadDirectory } from '../store/directory.ts';
import { countFinished, finishedCases, recordsOf } from '../store/finished.ts';
import { openReader, type StoreOptions, type Tx } from '../store/open.ts';
import type { CaseRow } from '../store/rows.ts';
import { runningMarkings } from '../store/running.ts';
import { recordedCase } from './impact-record.ts';

/** A flow by its full key, and by the key under which its cases are kept. */
export interface FlowNamed {
  full: string;
  stored: string;
}

export interface Order {
  /** what is in force, and what would be */
  before: readonly Definition[];
  after: readonly Definition[];
  /** those on which the change bears */
  flows: readonly FlowNamed[];
  /** all flows of which cases were ever kept */
  known: readonly FlowNamed[];
  told: Told;
  now: number;
  /** finished cases of each flow, at most */
  most: number;
}

export interface FlowImpact extends Tally {
  full: string;
  title: string;
  /** finished cases that are looked at */
  total: number;
  /** running cases, if they were moved; null where the flow itself stays what it is */
  moving: Movable | null;
  /** before or after the change there is no such flow, or it cannot be read */
  incomparable: boolean;
}

/** Cases read at once. */
const PAGE = 50;

/** Tells how far it has come, again and again; each time all that has been found so far. */
export async function replayCases(tx: Tx, order: Order, hear: (flows: FlowImpact[]) => void): Promise<void> {
  const directory = makeDirectory(await loadDirectory(tx), localDate(order.now));
  const { services, functions } = knownOf(order.told);
  const workshop = openWorkshop(new PlatformLanguage(functions).dialect, services);
  const [before, after] = [await openRelease(order.before, workshop), await openRelease(order.after, workshop)];
  const outside = outsideOf(directory, localDate(order.now));
  const flows = await Promise.all(
    order.flows.map((flow) => openFlow(tx, order, flow, { before, after, outside, directory })),
  );
  const tell = (): void => hear(flows.map(({ found }) => found()));
  tell();
  for (const { pages } of flows) for await (const _ of pages()) tell();
  tell();
}

interface Opened {
  before: Release;
  after: Release;
  outside: Outside;
  directory: Directory;
}

/** What is not content: the people of now, and the functions that look at them. */
export function outsideOf(directory: Directory, today: string): Outside {
  const named = (entry: { name: string; active: boolean } | undefined) =>
    entry?.active ? { name: entry.name } : undefined;
  return {
    today,
    tookPart: TOOK_PART,
    lookups: { person: (id) => named(directory.people.get(id)), unit: (id) => named(directory.units.get(id)) },
    listed: ({ person, ...submitted }) => listed(directory, { ...submitted, person_id: person }),
    people: (value) => peopleIn(value, directory),
    world: ({ at, ...seen }) => ({ ...seen, directory, today: localDate(at) }),
  };
}

async function openFlow(tx: Tx, order: Order, flow: FlowNamed, { before, after, outside, directory }: Opened) {
  const [was, is] = [groundOf(before, flow.full, outside), groundOf(after, flow.full, outside)];
  const pair = was && is && pairOf(was, is);
  const total = pair ? await countFinished(tx, flow.stored, order.most) : 0;
  const moving = pair && was.flow !== is.flow ? await movingOf(tx, after, flow) : null;
  const tallying = pair && new Tallying(pair);
  const empty: Tally = { seen: 0, followed: 0, different: 0, lines: [], more: 0 };
  const head = { full: flow.full, title: before.title('process', flow.full), total, moving, incomparable: !pair };
  const stored = new Map(order.known.map((one) => [one.stored, one.full]));
  const reading = { directory, model: was?.flow.model.id ?? '', full: (key: string) => stored.get(key) ?? key };
  return {
    found: (): FlowImpact => ({ ...head, ...(tallying?.tally ?? empty) }),
    async *pages(): AsyncIterable<void> {
      if (!pair || !tallying) return;
      let last: CaseRow | undefined;
      for (let seen = 0; seen < total; seen += PAGE) {
        const limit = Math.min(PAGE, total - seen);
        const rows = await finishedCases(tx, { process: flow.stored, limit, ...(last && { before: last }) });
        await comparePage(tx, rows, { pair, tallying, reading });
        last = rows.at(-1);
        yield;
        if (rows.length < limit) return;
      }
    },
  };
}

interface Comparing {
  pair: Pair;
  tallying: Tallying;
  reading: Parameters<typeof recordedCase>[2];
}

async function comparePage(tx: Tx, rows: readonly CaseRow[], { pair, tallying, reading }: Comparing): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const records = await recordsOf(tx, ids);
  for (const row of rows) {
    try {
      tallying.add(row.id, await compareCase(pair, recordedCase(row, records.get(row.id)!, reading)));
    } catch {
      // One case that cannot be replayed at all must not keep the others from being told of.
      tallying.skip();
    }
  }
}

/** [IMP6] Cases that stand at the same place of the same version are judged once. */
async function movingOf(tx: Tx, release: Release, { full, stored }: FlowNamed): Promise<Movable> {
  const standing = await Promise.all(
    (await runningMarkings(tx, stored)).map(async ({ version, marking, count }) => {
      const definition = await loadDefinition(tx, 'process', stored, version);
      const text = await loadMarking(tx, `${stored}@${version}`, marking);
      return definition && text !== undefined ? [{ source: definition.source, marking: text, count }] : [];
    }),
  );
  return couldMove(release, full, standing.flat());
}

// ---- in a thread ----------------------------------------------------------------------------------------------------

/** Least milliseconds between two messages. */
const PAUSE = 250;

/** For the worker of impact-runs.ts: replays, and says what it has found now and then; at last everything. */
export async function replayIn(store: StoreOptions, order: Order, send: (flows: FlowImpact[]) => void): Promise<void> {
  const { reader, close } = openReader(store);
  let flows: FlowImpact[] = [];
  let told = 0;
  try {
    await replayCases(reader, order, (found) => {
      flows = found;
      const now = performance.now();
      if (told !== 0 && now - told < PAUSE) return;
      told = now;
      send(found);
    });
    send(flows);
  } finally {
    await close();
  }
}
