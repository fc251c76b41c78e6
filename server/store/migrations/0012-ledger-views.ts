/** What a person has set up for himself on a ledger: columns, conditions and order under a name. */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.createTable('ledger_views', (table) => {
    table.string('id', 40).primary();
    table.string('person_id', 40).notNullable();
    table.string('ledger', 64).notNullable();
    table.string('name', 80).notNullable();
    /** columns, filters, sort: as they are asked for */
    table.text('view', 'mediumtext').notNullable();
    table.bigInteger('saved_at').notNullable();
    table.index(['person_id', 'ledger']);
  });
}
