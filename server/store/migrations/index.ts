/**
 * Owns the order of the schema's history. Migrations are append-only: a released file never changes; a mistake is mended by the next one.
 * test/store/schema.*.sql shows the resulting schema as text. Rules: [STO4] [STO5] [K8] one that was cut short is taken up again.
 */
import type { Knex } from 'knex';
import type { Tx } from '../tx.ts';
import { up as first } from './0001-first.ts';
import { up as actions } from './0002-actions.ts';
import { up as signing } from './0003-signing.ts';
import { up as causes } from './0004-causes.ts';
import { up as guesses } from './0005-guesses.ts';
import { up as grants } from './0006-grants.ts';
import { up as applications } from './0007-applications.ts';
import { up as trust } from './0008-trust.ts';
import { up as finding } from './0009-finding.ts';
import { up as drafts } from './0010-drafts.ts';
import { up as changes } from './0011-changes.ts';
import { up as ledgerViews } from './0012-ledger-views.ts';
import { up as running } from './0013-running.ts';
import { up as matters } from './0014-matters.ts';
import { up as mailings } from './0015-mailings.ts';
import { up as sums } from './0016-sums.ts';
import { up as doors } from './0017-doors.ts';
import { up as lettersAndMail } from './0018-letters-and-mail.ts';
import { up as renames } from './0019-renames.ts';
import type { Dialect, Migration, Schema } from './schema.ts';

type Connection = Pick<Tx, 'schema'> & ((table: string) => ReturnType<Tx>);

export const MIGRATIONS: readonly (readonly [name: string, up: Migration])[] = [
  ['0001-first', first],
  ['0002-actions', actions],
  ['0003-signing', signing],
  ['0004-causes', causes],
  ['0005-guesses', guesses],
  ['0006-grants', grants],
  ['0007-applications', applications],
  ['0008-trust', trust],
  ['0009-finding', finding],
  ['0010-drafts', drafts],
  ['0011-changes', changes],
  ['0012-ledger-views', ledgerViews],
  ['0013-running', running],
  ['0014-matters', matters],
  ['0015-mailings', mailings],
  ['0016-sums', sums],
  ['0017-doors', doors],
  ['0018-letters-and-mail', lettersAndMail],
  ['0019-renames', renames],
];

/** `applied_at` of a migration that was begun and has not come to its end. */
const BEGUN = 0;

/** Applies what is missing, one migration at a time. Throws when the database knows migrations that this program does not. */
export async function migrate(connection: Connection, dialect: Dialect): Promise<void> {
  if (!(await connection.schema.hasTable('migrations'))) {
    await connection.schema.createTable('migrations', (table) => {
      table.string('name', 100).primary();
      table.bigInteger('applied_at').notNullable();
    });
  }
  const rows: { name: string; applied_at: number }[] = await connection('migrations').select('name', 'applied_at');
  const applied = new Map(rows.map((row) => [row.name, Number(row.applied_at)]));
  const known = new Set(MIGRATIONS.map(([name]) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`数据库由更新的版本建立（${unknown.join('、')}），请使用不低于该版本的程序。`);
  }
  for (const [name, up] of MIGRATIONS) {
    const at = applied.get(name);
    if (at !== undefined && at !== BEGUN) continue;
    if (at === undefined) await connection('migrations').insert({ name, applied_at: BEGUN });
    await up(at === BEGUN ? resumed(connection) : plain(connection), dialect);
    // The time is for people who look at the table; nothing depends on it but that it is not BEGUN.
    await connection('migrations').where({ name }).update({ applied_at: Date.now() });
  }
}

/** MariaDB: the table, the column or the index is there already, or the column is gone already. */
const DONE = new Set([1050, 1060, 1061, 1091]);

/**
 * [K8] MariaDB commits every change of the schema by itself, so a server that was killed during a migration leaves the first part of it
 * behind. Here what is there already is passed over. (SQLite rolls the whole migration back and never comes here.)
 */
const resumed = (connection: Connection): Schema =>
  withSchema(connection, async (change) => {
    for (const { sql } of change.toSQL() as unknown as { sql: string }[]) {
      try {
        await connection.schema.raw(sql);
      } catch (error) {
        if (!DONE.has((error as { errno?: number }).errno ?? 0)) throw error;
      }
    }
  });

const plain = (connection: Connection): Schema => withSchema(connection, async (change) => void (await change));

function withSchema(connection: Connection, make: (change: Knex.SchemaBuilder) => Promise<void>): Schema {
  const schema: Schema['schema'] = {
    createTable: (name, build) => make(connection.schema.createTable(name, build)),
    alterTable: (name, build) => make(connection.schema.alterTable(name, build)),
    // As both dialects say it themselves; knex would copy the whole table on SQLite.
    dropColumn: (name, column) => make(connection.schema.raw(`alter table \`${name}\` drop column \`${column}\``)),
  };
  return Object.assign((table: string) => connection(table), { schema });
}
