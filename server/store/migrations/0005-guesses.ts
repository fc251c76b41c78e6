/**
 * Guesses at passwords are counted by where they come from, no longer by account alone; a session knows when its person was last seen, and a
 * browser that has signed in is known again.
 */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.createTable('guesses', (table) => {
    table.string('lane', 64).primary();
    table.integer('failures').notNullable();
    table.bigInteger('last_at').notNullable().index();
    table.bigInteger('paused_until').notNullable();
  });
  await schema.createTable('browsers', (table) => {
    table.string('token_hash', 64).primary();
    table.string('person_id', 40).notNullable().index();
    table.bigInteger('seen_at').notNullable().index();
  });
  await schema.alterTable('sessions', (table) => {
    table.bigInteger('seen_at').notNullable().defaultTo(0);
  });
  await schema.dropColumn('accounts', 'failed');
  await schema.dropColumn('accounts', 'locked_until');
}
