/**
 * Doors to other places that know people: which account is whom there, ways that were begun and not yet ended, messages that have been heard,
 * and through which door a session was opened.
 */
import type { Dialect, Schema } from './schema.ts';

export async function up({ schema }: Schema, dialect: Dialect): Promise<void> {
  await schema.createTable('account_links', (table) => {
    if (dialect === 'mysql') table.collate('utf8mb4_bin');
    table.string('door', 32).notNullable();
    /** of the subject, whose blanks and letters all count */
    table.string('subject_hash', 64).notNullable();
    table.string('subject', 255).notNullable();
    table.string('person_id', 40).notNullable();
    table.string('called', 255).notNullable();
    table.bigInteger('linked_at').notNullable();
    table.primary(['door', 'subject_hash']);
    table.unique(['person_id', 'door']);
  });
  await schema.createTable('door_ways', (table) => {
    if (dialect === 'mysql') table.collate('utf8mb4_bin');
    table.string('id', 64).primary();
    table.string('door', 32).notNullable();
    table.string('browser_hash', 64).notNullable();
    /** asked: the browser is at the other side · known: it has come back, the second factor is missing */
    table.string('state', 16).notNullable();
    /** who links his account, or whose second factor is missing; '' for nobody yet */
    table.string('person_id', 40).notNullable();
    table.string('back', 500).notNullable();
    table.text('kept', 'mediumtext').notNullable();
    table.bigInteger('begun_at').notNullable().index();
  });
  await schema.createTable('door_messages', (table) => {
    table.string('message_hash', 64).primary();
    table.bigInteger('heard_at').notNullable().index();
  });
  await schema.alterTable('sessions', (table) => {
    /** '' : the local one */
    table.string('door', 32).notNullable().defaultTo('');
    table.string('door_person', 64).notNullable().defaultTo('');
    table.string('door_session', 64).notNullable().defaultTo('');
    table.text('door_hint', 'mediumtext');
    table.index(['door', 'door_person']);
    table.index(['door', 'door_session']);
  });
}
