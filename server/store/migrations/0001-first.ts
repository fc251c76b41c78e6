/**
 * The first schema. Two families: what is open (tasks, work_items, waits, timers, outbox, drafts) stays small, because a row moves to
 * its history table in the transaction that finishes it; what is finished (…_done, submissions, history) is only ever appended.
 * Ids are texts, instants epoch milliseconds, documents JSON texts, so that both dialects behave alike.
 */
import type { Knex } from 'knex';
import type { Dialect, Schema } from './schema.ts';

type Table = Knex.CreateTableBuilder;
const id = (t: Table, name: string) => t.string(name, 40);
const key = (t: Table, name: string) => t.string(name, 64);
const instant = (t: Table, name: string) => t.bigInteger(name);

/** Ledger rows: as many filterable and sortable slots as a ledger may use, assigned to its columns by the ledger's definition. */
export const LEDGER_SLOTS = { text: 8, number: 3, instant: 4 } as const;

export async function up(db: Schema, dialect: Dialect): Promise<void> {
  const document = (t: Table, name: string) => t.text(name, 'longtext');
  const create = (name: string, build: (t: Table) => void) =>
    db.schema.createTable(name, (t) => {
      if (dialect === 'mysql') {
        t.engine('InnoDB');
        t.charset('utf8mb4');
        // Chinese text is compared byte by byte, as SQLite does; keys are case-sensitive in both.
        t.collate('utf8mb4_bin');
      }
      build(t);
    });

  await definitions(create, document);
  await directory(create, document);
  await cases(create, document);
  await openWork(create, document);
  await finishedWork(create, document);
  await effects(create, document);
  await letters(create, document);
  await ledgers(create, document);
  await access(create, document);
}

type Create = (name: string, build: (t: Table) => void) => PromiseLike<unknown>;
type Document = (t: Table, name: string) => Knex.ColumnBuilder;

async function definitions(create: Create, document: Document): Promise<void> {
  await create('definitions', (t) => {
    key(t, 'kind').notNullable();
    key(t, 'key').notNullable();
    t.integer('version').notNullable();
    t.string('title', 200).notNullable();
    t.string('hash', 64).notNullable();
    document(t, 'source').notNullable();
    t.integer('release').notNullable();
    t.string('effective_from', 10).notNullable();
    t.primary(['kind', 'key', 'version']);
    t.index(['release']);
  });
  await create('releases', (t) => {
    t.integer('id').primary();
    instant(t, 'at').notNullable();
    id(t, 'by').notNullable();
    t.string('note', 500).notNullable();
  });
  await create('markings', (t) => {
    key(t, 'process').notNullable();
    t.string('hash', 64).notNullable();
    document(t, 'text').notNullable();
    t.primary(['process', 'hash']);
  });
  await create('settings', (t) => {
    key(t, 'name').primary();
    document(t, 'value').notNullable();
  });
}

async function directory(create: Create, document: Document): Promise<void> {
  await create('units', (t) => {
    id(t, 'id').primary();
    id(t, 'parent_id');
    t.string('name', 200).notNullable();
    t.string('short_name', 100).notNullable();
    key(t, 'kind').notNullable();
    key(t, 'level').notNullable();
    t.integer('sort').notNullable();
    t.boolean('active').notNullable();
    document(t, 'attributes').notNullable();
    document(t, 'relations').notNullable();
  });
  await create('people', (t) => {
    id(t, 'id').primary();
    t.string('name', 100).notNullable();
    t.boolean('active').notNullable();
    document(t, 'attributes').notNullable();
  });
  await create('posts', (t) => {
    id(t, 'id').primary();
    id(t, 'person_id').notNullable().index();
    id(t, 'unit_id').notNullable().index();
    t.string('title', 200).notNullable();
    document(t, 'roles').notNullable();
    t.boolean('main').notNullable();
    t.integer('sort').notNullable();
    t.string('from_date', 10).notNullable();
    t.string('to_date', 10).notNullable();
    document(t, 'attributes').notNullable();
  });
  await create('accounts', (t) => {
    id(t, 'person_id').primary();
    t.string('username', 64).notNullable().unique();
    t.string('password', 300).notNullable();
    t.boolean('password_due').notNullable();
    t.integer('failed').notNullable();
    instant(t, 'locked_until').notNullable();
    document(t, 'duties').notNullable();
  });
}

async function cases(create: Create, document: Document): Promise<void> {
  await create('cases', (t) => {
    id(t, 'id').primary();
    t.string('number', 64).notNullable().unique();
    key(t, 'process').notNullable();
    t.integer('version').notNullable();
    t.integer('release').notNullable();
    t.string('title', 300).notNullable();
    key(t, 'status').notNullable();
    key(t, 'state').notNullable();
    t.string('marking', 64).notNullable();
    document(t, 'slots').notNullable();
    t.integer('revision').notNullable();
    id(t, 'starter_id').notNullable();
    id(t, 'starter_unit').notNullable();
    key(t, 'start').notNullable();
    instant(t, 'started_at').notNullable();
    instant(t, 'ended_at');
    id(t, 'parent_id').index();
    id(t, 'parent_wait');
    t.integer('parent_index').notNullable();
    document(t, 'reached').notNullable();
    t.integer('entries').notNullable();
    t.string('history_hash', 64).notNullable();
    t.index(['starter_id', 'started_at']);
    t.index(['process', 'started_at']);
  });
  await create('case_values', (t) => {
    id(t, 'case_id').notNullable();
    key(t, 'name').notNullable();
    document(t, 'value').notNullable();
    t.primary(['case_id', 'name']);
  });
  await create('case_people', (t) => {
    id(t, 'case_id').notNullable();
    id(t, 'person_id').notNullable();
    key(t, 'part').notNullable();
    t.primary(['case_id', 'person_id', 'part']);
    t.index(['person_id', 'case_id']);
  });
}

async function openWork(create: Create, document: Document): Promise<void> {
  await create('tasks', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    t.string('slot', 200).notNullable();
    key(t, 'node').notNullable();
    t.string('name', 200).notNullable();
    t.integer('round').notNullable();
    t.integer('revision').notNullable();
    document(t, 'members').notNullable();
    instant(t, 'opened_at').notNullable();
    instant(t, 'due_at');
    t.boolean('due_provisional').notNullable();
    t.boolean('priority').notNullable();
    document(t, 'resume');
  });
  await create('work_items', (t) => {
    id(t, 'id').primary();
    id(t, 'task_id').notNullable().index();
    id(t, 'case_id').notNullable().index();
    id(t, 'person_id').notNullable();
    key(t, 'state').notNullable();
    t.integer('position').notNullable();
    id(t, 'from_person').notNullable();
    key(t, 'reason').notNullable();
    t.string('number', 64).notNullable();
    t.string('title', 300).notNullable();
    key(t, 'process').notNullable();
    t.string('task_name', 200).notNullable();
    instant(t, 'opened_at').notNullable();
    instant(t, 'due_at').notNullable();
    t.boolean('due_provisional').notNullable();
    t.integer('rank').notNullable();
    t.index(['person_id', 'rank', 'due_at', 'id']);
  });
  await create('waits', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    t.string('slot', 200).notNullable();
    key(t, 'node').notNullable();
    key(t, 'kind').notNullable();
    t.string('name', 100).notNullable();
    t.string('correlation', 200).notNullable();
    instant(t, 'opened_at').notNullable();
    document(t, 'detail');
    t.index(['name', 'correlation']);
  });
  await create('timers', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    id(t, 'task_id').index();
    t.string('slot', 200).notNullable();
    key(t, 'node').notNullable();
    key(t, 'kind').notNullable();
    instant(t, 'due_at').notNullable().index();
    t.integer('repeat_left').notNullable();
    document(t, 'detail');
  });
  await create('drafts', (t) => {
    id(t, 'id').primary();
    id(t, 'person_id').notNullable();
    id(t, 'task_id');
    key(t, 'process').notNullable();
    key(t, 'start').notNullable();
    t.string('title', 300).notNullable();
    document(t, 'values').notNullable();
    t.text('comment').notNullable();
    instant(t, 'saved_at').notNullable();
    t.index(['person_id', 'saved_at']);
    t.index(['task_id']);
  });
  await create('incidents', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    id(t, 'task_id').index();
    key(t, 'node').notNullable();
    key(t, 'kind').notNullable();
    t.text('detail').notNullable();
    instant(t, 'opened_at').notNullable();
  });
}

async function finishedWork(create: Create, document: Document): Promise<void> {
  await create('tasks_done', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    key(t, 'node').notNullable();
    t.string('name', 200).notNullable();
    t.integer('round').notNullable();
    instant(t, 'opened_at').notNullable();
    instant(t, 'due_at');
    instant(t, 'closed_at').notNullable();
    key(t, 'outcome').notNullable();
    id(t, 'closed_by').notNullable();
  });
  await create('work_done', (t) => {
    id(t, 'id').primary();
    id(t, 'task_id').notNullable();
    id(t, 'case_id').notNullable().index();
    id(t, 'person_id').notNullable();
    t.string('number', 64).notNullable();
    t.string('title', 300).notNullable();
    key(t, 'process').notNullable();
    t.string('task_name', 200).notNullable();
    t.string('outcome', 100).notNullable();
    instant(t, 'done_at').notNullable();
    t.index(['person_id', 'done_at', 'id']);
  });
  await create('submissions', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable().index();
    id(t, 'task_id').notNullable();
    key(t, 'node').notNullable();
    t.integer('round').notNullable();
    key(t, 'form').notNullable();
    t.integer('form_version').notNullable();
    id(t, 'person_id').notNullable();
    key(t, 'outcome').notNullable();
    t.text('comment').notNullable();
    document(t, 'values').notNullable();
    instant(t, 'at').notNullable();
  });
  await create('history', (t) => {
    id(t, 'case_id').notNullable();
    t.integer('seq').notNullable();
    instant(t, 'at').notNullable();
    key(t, 'kind').notNullable();
    id(t, 'person_id').notNullable();
    t.string('node', 200).notNullable();
    document(t, 'detail').notNullable();
    t.string('hash', 64).notNullable();
    t.primary(['case_id', 'seq']);
  });
  await create('incidents_done', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').notNullable();
    key(t, 'node').notNullable();
    key(t, 'kind').notNullable();
    t.text('detail').notNullable();
    instant(t, 'opened_at').notNullable();
    instant(t, 'solved_at').notNullable();
    id(t, 'solved_by').notNullable();
    t.text('solution').notNullable();
  });
}

async function effects(create: Create, document: Document): Promise<void> {
  await create('outbox', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id');
    key(t, 'type').notNullable();
    t.string('target', 500).notNullable();
    document(t, 'payload').notNullable();
    t.integer('attempts').notNullable();
    instant(t, 'next_at').notNullable().index();
    instant(t, 'created_at').notNullable();
    t.text('error').notNullable();
  });
  for (const name of ['outbox_done', 'outbox_dead']) {
    await create(name, (t) => {
      id(t, 'id').primary();
      id(t, 'case_id');
      key(t, 'type').notNullable();
      t.string('target', 500).notNullable();
      document(t, 'payload').notNullable();
      t.integer('attempts').notNullable();
      instant(t, 'created_at').notNullable();
      instant(t, 'ended_at').notNullable();
      t.text('error').notNullable();
    });
  }
  await create('notices', (t) => {
    id(t, 'id').primary();
    id(t, 'person_id').notNullable();
    key(t, 'kind').notNullable();
    id(t, 'case_id');
    t.string('title', 300).notNullable();
    t.text('text').notNullable();
    t.string('from_name', 100).notNullable();
    instant(t, 'at').notNullable();
    instant(t, 'read_at');
    t.index(['person_id', 'at', 'id']);
    t.index(['person_id', 'read_at']);
  });
}

async function letters(create: Create, document: Document): Promise<void> {
  await create('counters', (t) => {
    t.string('name', 150).primary();
    t.integer('last').notNullable();
  });
  await create('letters', (t) => {
    id(t, 'id').primary();
    id(t, 'case_id').index();
    key(t, 'template').notNullable();
    t.integer('version').notNullable();
    t.string('number', 100).notNullable().unique();
    t.string('organ', 200).notNullable();
    t.string('title', 300).notNullable();
    key(t, 'state').notNullable();
    id(t, 'file_id').notNullable();
    t.integer('pages').notNullable();
    document(t, 'data').notNullable();
    document(t, 'substitutions').notNullable();
    instant(t, 'issued_at').notNullable().index();
    id(t, 'issued_by').notNullable();
    t.text('void_reason').notNullable();
  });
  await create('receipts', (t) => {
    id(t, 'id').primary();
    id(t, 'letter_id').notNullable().index();
    key(t, 'kind').notNullable();
    id(t, 'unit_id').notNullable();
    id(t, 'person_id').notNullable();
    t.integer('position').notNullable();
    instant(t, 'sent_at').notNullable();
    instant(t, 'signed_at');
    id(t, 'signed_by').notNullable();
  });
}

async function ledgers(create: Create, document: Document): Promise<void> {
  await create('ledger_rows', (t) => {
    key(t, 'ledger').notNullable();
    id(t, 'id').notNullable();
    id(t, 'case_id').index();
    document(t, 'cells').notNullable();
    instant(t, 'created_at').notNullable();
    for (let i = 1; i <= LEDGER_SLOTS.text; i++) t.string(`t${i}`, 190);
    for (let i = 1; i <= LEDGER_SLOTS.number; i++) t.double(`n${i}`);
    for (let i = 1; i <= LEDGER_SLOTS.instant; i++) instant(t, `d${i}`);
    t.primary(['ledger', 'id']);
    t.index(['ledger', 'created_at', 'id']);
    for (let i = 1; i <= LEDGER_SLOTS.text; i++) t.index(['ledger', `t${i}`, 'id']);
    for (let i = 1; i <= LEDGER_SLOTS.number; i++) t.index(['ledger', `n${i}`, 'id']);
    for (let i = 1; i <= LEDGER_SLOTS.instant; i++) t.index(['ledger', `d${i}`, 'id']);
  });
  await create('records', (t) => {
    id(t, 'id').primary();
    key(t, 'ledger').notNullable();
    id(t, 'case_id').index();
    t.string('record_key', 190).notNullable();
    key(t, 'form').notNullable();
    document(t, 'values').notNullable();
    instant(t, 'at').notNullable();
    id(t, 'by').notNullable();
    id(t, 'voided_by');
    t.index(['ledger', 'record_key']);
  });
}

async function access(create: Create, document: Document): Promise<void> {
  await create('files', (t) => {
    id(t, 'id').primary();
    t.string('name', 255).notNullable();
    t.bigInteger('size').notNullable();
    t.string('type', 150).notNullable();
    t.string('sha256', 64).notNullable().index();
    t.string('path', 255).notNullable();
    id(t, 'owner_id').notNullable();
    instant(t, 'at').notNullable();
  });
  await create('file_links', (t) => {
    id(t, 'file_id').notNullable();
    id(t, 'case_id').notNullable();
    /** the form name it was filed under, or `attachment` */
    key(t, 'place').notNullable();
    id(t, 'by').notNullable();
    instant(t, 'at').notNullable();
    t.primary(['file_id', 'case_id', 'place']);
    t.index(['case_id']);
  });
  await create('sessions', (t) => {
    t.string('token_hash', 64).primary();
    id(t, 'person_id').notNullable().index();
    t.string('csrf', 64).notNullable();
    instant(t, 'created_at').notNullable();
    instant(t, 'expires_at').notNullable().index();
  });
  await create('answers', (t) => {
    t.string('key', 200).primary();
    t.string('request_hash', 64).notNullable();
    document(t, 'answer').notNullable();
    instant(t, 'at').notNullable().index();
  });
  await create('audit', (t) => {
    id(t, 'id').primary();
    instant(t, 'at').notNullable().index();
    id(t, 'person_id').notNullable();
    key(t, 'act').notNullable();
    t.string('object', 200).notNullable();
    document(t, 'detail').notNullable();
  });
}
