/** Owns what the checks of the kill test read: all rows of all tables, at one moment, beside the server and without its code. */
import { openDatabase } from '../database.mjs';

/** Everything the checks look at. */
const TABLES = [
  'cases',
  'case_values',
  'tasks',
  'work_items',
  'waits',
  'timers',
  'drafts',
  'incidents',
  'tasks_done',
  'work_done',
  'submissions',
  'history',
  'outbox',
  'outbox_done',
  'outbox_dead',
  'notices',
  'counters',
  'letters',
  'receipts',
  'ledger_rows',
  'ledger_changes',
  'ledger_counted',
  'ledger_sums',
  'records',
  'files',
  'file_links',
  'sessions',
  'answers',
  'markings',
];

/** `where` is { file } for SQLite or { url } for MariaDB. `one(sql)` answers with the first column of the first row. */
export async function openTables(where) {
  const { dialect, all, run, close } = await openDatabase(where);
  return {
    async tables() {
      await run(dialect === 'sqlite' ? 'begin' : 'start transaction with consistent snapshot, read only');
      const found = {};
      for (const name of TABLES) found[name] = await all(`select * from ${name}`);
      await run('commit');
      return found;
    },
    one: async (sql) => Object.values((await all(sql))[0])[0],
    run,
    close,
  };
}
