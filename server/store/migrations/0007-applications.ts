/** Whose a definition is. It goes on under the key that it has: cases, letters and rows of ledgers that name it need not be touched. */
import type { Dialect, Schema } from './schema.ts';

export async function up({ schema }: Schema, dialect: Dialect): Promise<void> {
  await schema.createTable('definition_apps', (table) => {
    // Keys are case-sensitive, as in `definitions`.
    if (dialect === 'mysql') table.collate('utf8mb4_bin');
    table.string('kind', 64).notNullable();
    /** as in `definitions` */
    table.string('key', 64).notNullable();
    table.string('app', 64).notNullable();
    table.primary(['kind', 'key']);
  });
}
