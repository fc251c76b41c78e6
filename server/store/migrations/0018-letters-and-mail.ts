/** Letters that were voided: when, and under which letter; messages that open the letter they tell of; the language of a person's mails. */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.alterTable('letters', (table) => {
    table.bigInteger('voided_at');
    /** number of the letter by which it was voided; '' for none */
    table.string('void_ground', 100).notNullable().defaultTo('');
  });
  await schema.alterTable('notices', (table) => {
    /** the letter it tells of */
    table.string('letter_id', 40);
  });
  await schema.alterTable('mailings', (table) => {
    table.string('language', 8).notNullable().defaultTo('zh-CN');
  });
}
