/**
 * Verb of the server: what steps have noted of the rows of ledgers is added to the figures, a portion in a transaction. Of several servers each portion
 * is counted by one. Figures are right before and after it (store/sums.ts): it only keeps them cheap to read. Rule: [SUM3].
 */
import { Conflict } from '@ganwei/core/refusal';
import { type Summary, summariesOf } from '@ganwei/release/sums';
import type { Ledger } from '@ganwei/release/tables';
import type { Host } from '../catalogue/host.ts';
import { versionOf } from '../catalogue/ledger-version.ts';
import { type Counting, countNoted, notedOf } from '../store/sums.ts';

/** Rows in one transaction: people wait for a moment only. */
const PORTION = 100;

export async function countLedgers(host: Host, portion = PORTION): Promise<void> {
  for (const ledger of host.catalogue().ledgers()) if (ledger.sums.length > 0) await countOne(host, ledger, portion);
}

async function countOne(host: Host, ledger: Ledger, portion: number): Promise<void> {
  const state = { ledger: ledger.ledger, version: versionOf(ledger) };
  const summaries = summariesOf(ledger).map(countingOf);
  for (;;) {
    const noted = await notedOf(host.store.reader, state, portion);
    if (noted.length === 0) return;
    try {
      await host.store.transaction((tx) => countNoted(tx, state, summaries, noted));
    } catch (error) {
      // A step or another server was faster: what is left is there the next time.
      if (error instanceof Conflict) return;
      throw error;
    }
  }
}

const countingOf = ({ index, by, of }: Summary): Counting => ({
  index,
  by: by.map(({ key }) => key),
  of: of.map(({ key }) => key),
});
