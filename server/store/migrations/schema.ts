/** Owns what a migration is and what it may use. */
import type { Knex } from 'knex';
import type { Tx } from '../tx.ts';

export type Dialect = 'sqlite' | 'mysql';
/** What a migration may use: changes of the schema one by one, and rows. Changes of rows must bear being made a second time. */
export interface Schema {
  (table: string): ReturnType<Tx>;
  readonly schema: {
    createTable(name: string, build: (table: Knex.CreateTableBuilder) => void): PromiseLike<unknown>;
    alterTable(name: string, build: (table: Knex.AlterTableBuilder) => void): PromiseLike<unknown>;
    dropColumn(table: string, column: string): PromiseLike<unknown>;
  };
}
export type Migration = (database: Schema, dialect: Dialect) => Promise<void>;
