/**
 * Changes (变更): sets of drafted definitions with their authors and what happened to them; and the texts the content folder last brought. Of a
 * database of before, everything in force came from the folder.
 */
import type { Dialect, Schema } from './schema.ts';

const RETIRED = '';

export async function up(database: Schema, dialect: Dialect): Promise<void> {
  const create = (name: string, build: Parameters<Schema['schema']['createTable']>[1]) =>
    database.schema.createTable(name, (table) => {
      // Keys are case-sensitive, as in `definitions`.
      if (dialect === 'mysql') table.collate('utf8mb4_bin');
      build(table);
    });
  await create('changes', (table) => {
    table.string('id', 40).primary();
    table.string('title', 200).notNullable();
    table.text('reason', 'mediumtext').notNullable();
    /** drafting, submitted, returned, agreed, scheduled, published, withdrawn */
    table.string('state', 20).notNullable();
    table.integer('base').notNullable();
    /** browser, folder, deploy, taken-back */
    table.string('origin', 20).notNullable();
    table.string('created_by', 40).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('changed_at').notNullable();
    table.string('effective_on', 10);
    table.integer('release').index();
    /** grows with every change of it; drafts take theirs from here */
    table.integer('revision').notNullable();
    table.index(['state', 'changed_at']);
  });
  await create('change_drafts', (table) => {
    table.string('change_id', 40).notNullable();
    table.string('kind', 20).notNullable();
    table.string('app', 60).notNullable();
    table.string('key', 120).notNullable();
    /** null: the change retires it */
    table.text('source', 'longtext');
    table.string('hash', 64).notNullable();
    /** of the text it was begun from; empty: there was none */
    table.string('base_hash', 64).notNullable();
    table.integer('revision').notNullable();
    table.string('by', 40).notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['change_id', 'kind', 'app', 'key']);
  });
  await create('change_authors', (table) => {
    table.string('change_id', 40).notNullable();
    table.string('kind', 20).notNullable();
    table.string('app', 60).notNullable();
    table.string('key', 120).notNullable();
    table.string('person_id', 40).notNullable();
    table.primary(['change_id', 'person_id', 'kind', 'app', 'key']);
  });
  await create('change_record', (table) => {
    table.string('id', 40).primary();
    table.string('change_id', 40).notNullable().index();
    table.bigInteger('at').notNullable();
    table.string('person_id', 40).notNullable();
    table.string('what', 20).notNullable();
    table.text('words', 'mediumtext').notNullable();
  });
  await create('folder_texts', (table) => {
    table.string('kind', 20).notNullable();
    table.string('app', 60).notNullable();
    table.string('key', 120).notNullable();
    /** of the text that was taken over from the folder; empty: none */
    table.string('hash', 64).notNullable();
    /** of the text that the folder had when it was last looked at; empty: none */
    table.string('seen', 64).notNullable();
    table.primary(['kind', 'app', 'key']);
  });
  await fillFolderTexts(database);
}

async function fillFolderTexts(database: Schema): Promise<void> {
  const owners: { kind: string; key: string; app: string }[] = await database('definition_apps').select();
  const apps = new Map(owners.map(({ kind, key, app }) => [`${kind}/${key}`, app]));
  const rows: { kind: string; key: string; hash: string }[] = await database('definitions')
    .select('kind', 'key', 'hash')
    .orderBy(['kind', 'key', 'version']);
  const newest = new Map(rows.map((row) => [`${row.kind}/${row.key}`, row]));
  await database('folder_texts').delete();
  for (const [id, { kind, key, hash }] of newest) {
    if (hash === RETIRED) continue;
    const short = key.slice(key.indexOf('.') + 1);
    await database('folder_texts').insert({ kind, key: short, app: apps.get(id) ?? '', hash, seen: hash });
  }
}
