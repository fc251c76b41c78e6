/** Roles that wait for the security administrator's consent. What has been decided stays, with who decided. */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.createTable('grants', (table) => {
    table.string('id', 40).primary();
    table.string('person_id', 40).notNullable().index();
    table.string('unit_id', 40).notNullable();
    table.string('role', 80).notNullable();
    table.string('asked_by', 40).notNullable();
    table.bigInteger('asked_at').notNullable();
    /** open, agreed, refused */
    table.string('state', 20).notNullable().index();
    table.string('decided_by', 40).notNullable().defaultTo('');
    table.bigInteger('decided_at').notNullable().defaultTo(0);
  });
}
