/**
 * Verb of the server: a ledger whose columns have changed, or that is new, has its rows written again for every case and letter there is, a few at a
 * time beside the work of people. How far it has come is kept with each batch, so that a restart goes on and of several servers one does it.
 * Nothing is worked out when a ledger is read. Rule: [R34].
 */
import { SYSTEM } from '@ganwei/core/actor';
import type { Ledger } from '@ganwei/release/tables';
import type { Desk } from '../case/desk.ts';
import { rewriteCaseRows, rewriteLetterRow } from '../case/ledger-rows.ts';
import type { Host } from '../catalogue/host.ts';
import { isFilled, versionOf } from '../catalogue/ledger-version.ts';
import { type Filling, loadFilling, moveFilling } from '../store/filling.ts';
import { countSources, type RowSource, type SourceRow, sourcesAfter } from '../store/ledgers.ts';
import { dropOtherVersions } from '../store/sums.ts';
import { perform } from './run.ts';

/** Cases or letters in one transaction: it holds them, and people wait for a moment only. */
const BATCH = 20;

/** Writes the next few rows of the first ledger that lacks some; true when none does. Repeating it changes nothing. */
export async function fillLedgers(host: Host, batch = BATCH): Promise<boolean> {
  for (const ledger of host.catalogue().ledgers()) {
    const source = sourceOf(ledger);
    if (source && !(await fillSome(host, ledger, source, batch))) return false;
  }
  return true;
}

/** What the rows of a ledger are made from. What is recorded is its own row. */
function sourceOf({ source }: Ledger): RowSource | undefined {
  if (source.kind === 'record') return undefined;
  return source.kind === 'case' ? { table: 'cases', process: source.process } : { table: 'letters' };
}

async function fillSome(host: Host, ledger: Ledger, source: RowSource, batch: number): Promise<boolean> {
  const { reader } = host.store;
  const columns = versionOf(ledger);
  const before = await loadFilling(reader, ledger.ledger);
  if (isFilled(ledger, before)) return true;
  const at =
    before?.columns === columns
      ? before
      : { columns, after: { at: 0, id: '' }, done: 0, all: await countSources(reader, source) };
  const rows = await sourcesAfter(reader, source, at.after!, batch);
  const last = rows.at(-1);
  const after = last && rows.length === batch ? { at: last.at, id: last.id } : null;
  await write(host, ledger.ledger, { before, now: { ...at, after, done: at.done + rows.length }, rows });
  return false;
}

/** What one server has written, another does not write again: its batch finds that it is not its turn. */
async function write(
  host: Host,
  ledger: string,
  { before, now, rows }: { before: Filling | undefined; now: Filling; rows: readonly SourceRow[] },
): Promise<void> {
  const move = async (desk: Desk): Promise<boolean> => {
    const isOurs = await moveFilling(desk.tx, ledger, before, now);
    if (isOurs && now.after === null) await dropOtherVersions(desk.tx, { ledger, version: now.columns });
    return isOurs;
  };
  const done = (work: (desk: Desk) => Promise<unknown>) => perform(host, { actor: SYSTEM }, work);
  try {
    await done(async (desk) => (await move(desk)) && rewrite(desk, rows));
  } catch {
    // One that cannot be read keeps its row, and no other waits for it: each by itself, then on.
    for (const row of rows)
      await done((desk) => rewrite(desk, [row])).catch((error: unknown) =>
        host.log.error({ err: error, ledger, id: row.id }, 'the row of a ledger was not written again'),
      );
    await done(move);
  }
}

async function rewrite(desk: Desk, rows: readonly SourceRow[]): Promise<void> {
  for (const { id, caseId, isLetter } of rows) {
    if (caseId === null) continue;
    const file = await desk.open(caseId);
    if (isLetter) await rewriteLetterRow(desk, id, file);
    else await rewriteCaseRows(desk, file);
  }
  // They were held, so that nobody moved them meanwhile; they themselves stay as they were.
  desk.forget();
}
