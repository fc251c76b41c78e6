/** Drafts count their savings and know the page that saved last: another page does not overwrite what it has not seen. */
import type { Schema } from './schema.ts';

export async function up(schema: Schema): Promise<void> {
  await schema.schema.alterTable('drafts', (table) => {
    table.integer('revision').notNullable().defaultTo(1);
    table.string('page', 64).notNullable().defaultTo('');
  });
}
