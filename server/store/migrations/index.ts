/**
 * Owns the order of the schema's history. Migrations are append-only: a released file never changes; a mistake is mended by the next one.
 * test/store/schema.*.sql shows the resulting schema as text.
 */
import type { Knex } from 'knex';
import { up as first } from './0001-first.ts';

export type Dialect = 'sqlite' | 'mysql';
export type Migration = (schema: Knex, dialect: Dialect) => Promise<void>;

export const MIGRATIONS: readonly (readonly [name: string, up: Migration])[] = [['0001-first', first]];

/** Applies what is missing, one migration at a time. Throws when the database knows migrations that this program does not. */
export async function migrate(connection: Knex, dialect: Dialect): Promise<void> {
  if (!(await connection.schema.hasTable('migrations'))) {
    await connection.schema.createTable('migrations', (table) => {
      table.string('name', 100).primary();
      table.bigInteger('applied_at').notNullable();
    });
  }
  const applied = new Set((await connection('migrations').select('name')).map((row: { name: string }) => row.name));
  const known = new Set(MIGRATIONS.map(([name]) => name));
  const unknown = [...applied].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`数据库由更新的版本建立(${unknown.join('、')}),请使用不低于该版本的程序。`);
  }
  for (const [name, up] of MIGRATIONS) {
    if (applied.has(name)) continue;
    await up(connection, dialect);
    // The time is for people who look at the table; nothing depends on it.
    await connection('migrations').insert({ name, applied_at: Date.now() });
  }
}
