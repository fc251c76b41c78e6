/** Drafts of a start form know the case and the action they were begun from. */
import type { Schema } from './schema.ts';

export async function up(schema: Schema): Promise<void> {
  await schema.schema.alterTable('drafts', (table) => {
    table.string('case_id', 40);
    table.string('action', 64);
  });
}
