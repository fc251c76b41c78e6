/** Running cases of a flow are found by its versions, whatever has ended. */
import type { Schema } from './schema.ts';

export async function up(schema: Schema): Promise<void> {
  await schema.schema.alterTable('cases', (table) => {
    table.index(['process', 'state', 'version', 'id']);
  });
}
