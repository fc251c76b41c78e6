/**
 * What waits for the consent of a second administrator; for whom a comment's file is meant; second factors with their recovery codes.
 */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.createTable('consents', (table) => {
    table.string('id', 40).primary();
    /** exception: a step goes to people beyond its rule · factor: somebody's second factor is taken away */
    table.string('kind', 20).notNullable();
    /** id of the incident, or of the person */
    table.string('object', 40).notNullable();
    table.text('detail', 'mediumtext').notNullable();
    table.string('asked_by', 40).notNullable();
    table.bigInteger('asked_at').notNullable();
    /** open, agreed, refused */
    table.string('state', 20).notNullable().index();
    table.string('decided_by', 40).notNullable().defaultTo('');
    table.bigInteger('decided_at').notNullable().defaultTo(0);
  });
  await schema.alterTable('file_links', (table) => {
    table.string('audience', 20).notNullable().defaultTo('organ');
  });
  await schema.createTable('factors', (table) => {
    table.string('person_id', 40).primary();
    /** base32, RFC 6238 */
    table.string('secret', 80).notNullable();
    /** 0: begun, not yet proven */
    table.bigInteger('confirmed_at').notNullable();
    /** the period of the last code that was used: it cannot be used again */
    table.bigInteger('last_step').notNullable();
  });
  await schema.createTable('recovery_codes', (table) => {
    table.string('code_hash', 64).primary();
    table.string('person_id', 40).notNullable().index();
    table.bigInteger('used_at').notNullable();
  });
}
