/**
 * Verb of the server: changes that were put down for a day take effect on that day, each exactly once, whatever servers run. They are examined
 * again; one that is not right any more goes back to its authors with the reason, and the business administrators are told. Rules: [CHG8] [CHG9].
 */
import { localDate } from '@ganwei/calendar/zone';
import { SYSTEM } from '@ganwei/core/actor';
import { errorsOf } from '@ganwei/core/definition';
import { because, type Reason, said } from '@ganwei/core/reason';
import { fault, rightsOf } from '@ganwei/release/change';
import type { Host } from '../catalogue/host.ts';
import { run } from '../commands/run.ts';
import { authorsOf, draftsOf, loadChange, recordOf, scheduledUntil } from '../store/changes.ts';
import type { Tx } from '../store/open.ts';
import { type Look, lookFrom, type Work, workOn } from './change.ts';
import { readInForce } from './in-force.ts';
import { isSame, Moved, publishNow, type Seen, tried, untilStill } from './publish-change.ts';
import { tellAdministrators } from './tell.ts';

/** Publishes what is due on the day it is. False: something failed and is to be tried again; it never keeps the others from their day. */
export async function publishDue(host: Host): Promise<boolean> {
  let isDone = true;
  for (const { id } of await scheduledUntil(host.store.reader, localDate(host.now()))) {
    try {
      await untilStill(() => publishScheduled(host, id));
    } catch (error) {
      isDone = false;
      host.log.error({ err: error, change: id }, 'scheduled change failed');
    }
    await host.refresh();
  }
  return isDone;
}

/** Does nothing where another server was faster, or it was taken back from its day. */
async function publishScheduled(host: Host, id: string): Promise<void> {
  const look = await dueLook(host.store.reader, host, id);
  if (!look) return;
  const seen = await tried(host, look);
  return run(host, { actor: SYSTEM }, async (tx) => {
    const now = await dueLook(tx, host, id);
    if (!now) return;
    if (!isSame(look, now)) throw new Moved();
    const work = workOn(tx, host, SYSTEM, now);
    const reason = wrongWith(now, seen);
    if (reason) await sendBack(work, said(reason));
    else await publishNow(work, seen, await whoPutItDown(tx, id));
  });
}

/** The change while it waits and its day has come; undefined otherwise. */
async function dueLook(tx: Tx, host: Host, id: string): Promise<Look | undefined> {
  const row = await loadChange(tx, id);
  if (row?.state !== 'scheduled' || row.effective_on === null || row.effective_on > localDate(host.now()))
    return undefined;
  const rights = rightsOf(SYSTEM, []);
  return lookFrom(row, await draftsOf(tx, [id]), await authorsOf(tx, [id]), await readInForce(tx), rights);
}

function wrongWith({ facts }: Look, { problems }: Seen): Reason | undefined {
  const [first, ...others] = errorsOf(problems) as Seen['problems'];
  if (first) {
    const { file, element, message } = first;
    return because('change.findings', { count: others.length + 1, file, element, message });
  }
  return fault('publish', facts)?.params.reason as Reason | undefined;
}

/** [CHG9] Nothing is changed but the state, and those are told who can mend it. */
async function sendBack(work: Work, reason: string): Promise<void> {
  const { host, row } = work;
  await work.keep({ state: 'returned', effective_on: null });
  await work.note('returned', reason);
  await work.audit('change-returned', { reason });
  host.log.warn({ change: row.id }, `scheduled change not published: ${reason}`);
  await tellAdministrators(work, reason);
}

async function whoPutItDown(tx: Tx, id: string): Promise<string> {
  return (await recordOf(tx, id)).findLast(({ what }) => what === 'scheduled')?.person_id ?? '';
}
