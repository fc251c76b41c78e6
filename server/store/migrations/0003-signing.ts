/**
 * The round of a task (packages/process/round.ts) is one value in one column. Of tasks that were open before only who takes part and who
 * has signed is known; the mode is the process's to say when the task is next looked at (catalogue/signing.ts).
 */
import type { Schema } from './schema.ts';

/** Open tasks whose rows are read and written together. */
const PORTION = 200;

export async function up(database: Schema): Promise<void> {
  await database.schema.alterTable('tasks', (table) => {
    table.text('signing', 'mediumtext');
  });
  for (;;) {
    const tasks: { id: string }[] = await database('tasks').whereNull('signing').limit(PORTION).select('*');
    if (tasks.length === 0) break;
    await fill(database, tasks as { id: string; members: string }[]);
  }
  await database.schema.dropColumn('tasks', 'members');
}

async function fill(database: Schema, tasks: readonly { id: string; members: string }[]): Promise<void> {
  const ids = tasks.map((task) => task.id);
  const submissions: { task_id: string; person_id: string; outcome: string }[] = await database('submissions')
    .whereIn('task_id', ids)
    .orderBy(['at', 'id'])
    .select('task_id', 'person_id', 'outcome');
  for (const { id, members } of tasks) {
    const own = submissions.filter((row) => row.task_id === id);
    const signed = own.map((row) => ({ person: row.person_id, outcome: row.outcome }));
    await database('tasks')
      .where({ id })
      .update({ signing: JSON.stringify({ people: JSON.parse(members), signed }) });
  }
}
