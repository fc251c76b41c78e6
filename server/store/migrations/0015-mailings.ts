/** How a person wants mail, until when he has been told of what is new, and when it is looked at again. */
import type { Dialect, Schema } from './schema.ts';

export async function up({ schema }: Schema, dialect: Dialect): Promise<void> {
  await schema.createTable('mailings', (table) => {
    if (dialect === 'mysql') table.collate('utf8mb4_bin');
    table.string('person_id', 40).primary();
    table.string('choice', 16).notNullable();
    table.bigInteger('told_until').notNullable();
    table.bigInteger('mailed_at').notNullable();
    table.bigInteger('next_at').notNullable();
    table.index(['next_at', 'person_id']);
  });
}
