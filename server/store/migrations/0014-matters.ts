/** Cases that belong to one affair name the first of them. Those that came from another case are put under its affair here, a portion at a time. */
import type { Schema } from './schema.ts';

const PORTION = 500;

export async function up(database: Schema): Promise<void> {
  await database.schema.alterTable('cases', (table) => {
    table.string('matter_id', 40);
    table.index(['matter_id', 'started_at', 'id']);
  });
  let after = '';
  for (;;) {
    // Ids grow with time: a parent is reached before what came from it.
    const rows: { id: string; parent_id: string }[] = await database('cases')
      .whereNotNull('parent_id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PORTION)
      .select('id', 'parent_id');
    for (const { id, parent_id } of rows) {
      const parent = await database('cases').where({ id: parent_id }).first('id', 'matter_id');
      if (parent)
        await database('cases')
          .where({ id })
          .update({ matter_id: parent.matter_id ?? parent.id });
    }
    if (rows.length < PORTION) return;
    after = rows.at(-1)!.id;
  }
}
