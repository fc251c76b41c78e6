/** A server that was killed while it made or upgraded its database on MariaDB, where every change of the schema is committed by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../server/store/open.ts';
import { type MariaDb, startMariaDb } from '../store/mariadb.ts';
import { schemaText } from '../store/schema.ts';

let server: MariaDb;
let whole: string;

beforeAll(async () => {
  server = await startMariaDb();
  whole = await after(async () => {});
});
afterAll(() => server.stop());

/** The schema that a start makes of what an earlier, interrupted one has left behind. */
async function after(leave: (store: Store) => Promise<unknown>): Promise<string> {
  const options = { url: server.database(), file: '' };
  const first = await openStore(options);
  await leave(first);
  await first.close();
  const second = await openStore(options);
  const rows: { applied_at: number }[] = await second.reader('migrations');
  expect(rows.every((row) => Number(row.applied_at) > 0)).toBe(true);
  const text = await schemaText(second);
  await second.close();
  return text;
}

/** Tables of the first migration that it had not come to. */
const NOT_YET = [
  ...['answers', 'audit', 'drafts', 'files', 'incidents', 'tasks', 'work_items', 'work_done', 'accounts', 'sessions'],
  ...['file_links', 'receipts', 'ledger_rows'],
];
/** Tables that later migrations bring. */
const LATER = [
  ...['guesses', 'browsers', 'grants', 'definition_apps', 'consents', 'factors', 'recovery_codes'],
  ...['changes', 'change_drafts', 'change_authors', 'change_record', 'folder_texts', 'ledger_views'],
  ...['mailings', 'ledger_changes', 'ledger_counted', 'ledger_sums', 'account_links', 'door_ways', 'door_messages'],
  'change_renames',
];

test('[K8] the first migration, killed between two tables and between a table and its index, is taken up again', async () => {
  const text = await after(async ({ reader }) => {
    for (const table of [...NOT_YET, ...LATER]) await reader.schema.dropTable(table);
    await reader.schema.alterTable('cases', (table) => table.dropIndex(['process', 'started_at']));
    await reader.schema.alterTable('cases', (table) => table.dropIndex(['process', 'state', 'version', 'id']));
    await reader.schema.alterTable('cases', (table) => table.dropIndex(['matter_id', 'started_at', 'id']));
    await reader.schema.alterTable('cases', (table) => table.dropColumns('find_text', 'matter_id'));
    await reader.schema.alterTable('letters', (table) => table.dropColumns('voided_at', 'void_ground'));
    await reader.schema.alterTable('notices', (table) => table.dropColumns('letter_id'));
    await reader('migrations').delete();
    await reader('migrations').insert({ name: '0001-first', applied_at: 0 });
  });
  expect(text).toBe(whole);
});

test('[K8] a migration killed after its last change and before it was noted is taken up again', async () => {
  const last = await after(async ({ reader }) => {
    await reader('migrations').update({ applied_at: 0 });
  });
  expect(last).toBe(whole);
});

test('[K8] what stands in the way of a migration that was not interrupted is not passed over', async () => {
  const spoilt = after(({ reader }) => reader('migrations').delete());
  await expect(spoilt).rejects.toThrow('already exists');
});
