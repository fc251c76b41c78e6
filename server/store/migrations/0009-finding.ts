/**
 * [Q20] What a search compares is stored beside what is read, folded by the program: the databases fold less, and not alike. The rows that
 * are there already are folded here, a portion at a time. Receipts learn whom they wait for.
 */
import { folded } from '@ganwei/core/text';
import type { Schema } from './schema.ts';

/** Table -> columns that a search of its rows looks through. */
const FOUND_BY = {
  cases: ['title', 'number'],
  work_items: ['title', 'number', 'task_name'],
  work_done: ['title', 'number', 'task_name'],
} as const;
const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8];
const PORTION = 500;

type Row = Record<string, string | null> & { id: string };

export async function up(database: Schema): Promise<void> {
  for (const [table, columns] of Object.entries(FOUND_BY)) {
    await database.schema.alterTable(table, (change) => {
      change.text('find_text');
    });
    await eachUnfolded(database, table, async (row) => {
      await database(table)
        .where({ id: row.id })
        .update({ find_text: folded(columns.map((column) => row[column] ?? '').join('\n')) });
    });
  }
  // [L70] A copy that nobody is there to receive.
  await database.schema.alterTable('receipts', (change) => {
    change.string('waits_for', 200).notNullable().defaultTo('');
  });
  await database.schema.alterTable('ledger_rows', (change) => {
    for (const slot of SLOTS) change.string(`f${slot}`, 190);
  });
  for (const slot of SLOTS) await foldSlot(database, slot);
}

async function eachUnfolded(database: Schema, table: string, fold: (row: Row) => Promise<void>): Promise<void> {
  for (;;) {
    const rows: Row[] = await database(table).whereNull('find_text').limit(PORTION);
    for (const row of rows) await fold(row);
    if (rows.length < PORTION) return;
  }
}

async function foldSlot(database: Schema, slot: number): Promise<void> {
  for (;;) {
    const rows: Row[] = await database('ledger_rows')
      .whereNotNull(`t${slot}`)
      .whereNull(`f${slot}`)
      .limit(PORTION)
      .select('ledger', 'id', `t${slot}`);
    for (const row of rows)
      await database('ledger_rows')
        .where({ ledger: row.ledger, id: row.id })
        .update({ [`f${slot}`]: folded(row[`t${slot}`] ?? '').slice(0, 190) });
    if (rows.length < PORTION) return;
  }
}
