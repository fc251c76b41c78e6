/** Figures of ledgers: how many rows there are of each kind, what each row was counted as, and what has changed since. */
import type { Knex } from 'knex';
import type { Dialect, Schema } from './schema.ts';

type Table = Knex.CreateTableBuilder;

export async function up({ schema }: Schema, dialect: Dialect): Promise<void> {
  const create = (name: string, build: (t: Table) => void) =>
    schema.createTable(name, (t) => {
      if (dialect === 'mysql') {
        t.engine('InnoDB');
        t.charset('utf8mb4');
        t.collate('utf8mb4_bin');
      }
      t.string('ledger', 64).notNullable();
      t.string('version', 16).notNullable();
      t.text('cells', 'longtext').notNullable();
      build(t);
    });
  // Both by row: what it counts as from now on, and what it was counted as.
  for (const name of ['ledger_changes', 'ledger_counted']) {
    await create(name, (t) => {
      t.string('id', 40).notNullable();
      t.primary(['ledger', 'id']);
    });
  }
  await create('ledger_sums', (t) => {
    t.integer('summary').notNullable();
    /** of the cells */
    t.string('mark', 32).notNullable();
    t.integer('n').notNullable();
    for (const place of [1, 2]) {
      t.double(`sum${place}`).notNullable();
      t.integer(`filled${place}`).notNullable();
    }
    t.primary(['ledger', 'version', 'summary', 'mark']);
  });
}
