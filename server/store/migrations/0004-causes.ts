/** An incident knows what failed when nobody was there: a timer or the delivery of an effect. It can be tried again by that. */
import type { Schema } from './schema.ts';

export async function up({ schema }: Schema): Promise<void> {
  await schema.alterTable('incidents', (table) => {
    table.string('cause', 60).notNullable().defaultTo('');
  });
}
