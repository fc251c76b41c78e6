/** What was renamed in a change, and the texts that were there before, so that it is undone as one step. */
import type { Dialect, Schema } from './schema.ts';

export async function up({ schema }: Schema, dialect: Dialect): Promise<void> {
  await schema.createTable('change_renames', (table) => {
    // Keys are case-sensitive, as in `definitions`.
    if (dialect === 'mysql') table.collate('utf8mb4_bin');
    table.string('id', 40).primary();
    table.string('change_id', 40).notNullable().index();
    table.bigInteger('at').notNullable();
    table.string('person_id', 40).notNullable();
    table.string('old_name', 100).notNullable();
    table.string('new_name', 100).notNullable();
    table.integer('places').notNullable();
    /** the drafts of before: JSON */
    table.text('drafts', 'longtext').notNullable();
  });
}
