/** Owns the way from the tests to scripts/, which are plain JavaScript because they run without a build. */
import path from 'node:path';
import { openStore } from '../../server/store/open.ts';
import type { Finding } from '../kill/runs.ts';

export interface StageOfServers {
  servers: {
    running: boolean;
    launch(): void;
    ready(): Promise<void>;
    kill(): Promise<void>;
    stop(): Promise<number>;
  }[];
  journal: Journal;
  ports: number[];
  data: string;
  env: Record<string, string>;
  where: { url?: string; file?: string };
  clear(): Promise<void>;
}

export interface Journal {
  entries: Record<string, unknown>[];
  uploads: Record<string, unknown>[];
  stopped: boolean;
  finishing: boolean;
}

interface Database {
  all(sql: string): Promise<Record<string, unknown>[]>;
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

interface Tables {
  close(): Promise<void>;
}

export interface Scripts {
  openStage(options: object): Promise<StageOfServers>;
  look(db: Tables, stage: object, final: boolean): Promise<Finding[]>;
  seeded(seed: number): () => number;
  openTables(where: object): Promise<Tables>;
  openDatabase(where: object): Database | Promise<Database>;
  /** puts the database of a backup in its place */
  lay(here: object, folder: string): Promise<void>;
  verify(here: object, manifest: object, say: () => void): Promise<string[]>;
  PEOPLE: string[];
  Person: new (
    id: string,
    journal: Journal,
    ports: number[],
    at: number,
  ) => { signIn(): Promise<void>; work(): Promise<void> };
  /** a SQLite database with the present schema and these statements carried out */
  makeDatabase(file: string, statements: readonly string[]): Promise<void>;
}

const FILES = [
  'kill/run.mjs',
  'kill/database.mjs',
  'kill/people.mjs',
  'database.mjs',
  'backup/verify.mjs',
  'backup/target.mjs',
];

export async function loadScripts(): Promise<Scripts> {
  const load = (name: string) => import(path.resolve(import.meta.dirname, '../../scripts', name));
  const modules = await Promise.all(FILES.map(load));
  const scripts = Object.assign({}, ...modules) as Omit<Scripts, 'makeDatabase'>;
  return {
    ...scripts,
    async makeDatabase(file, statements) {
      await (await openStore({ file })).close();
      const database = await scripts.openDatabase({ file });
      for (const statement of statements) await database.run(statement);
      await database.close();
    },
  };
}
