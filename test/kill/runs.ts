/** Owns the way from the tests to scripts/kill, which is plain JavaScript because it runs without a build. */
import path from 'node:path';

export interface Finding {
  name: string;
  rule: string;
  counted: number;
  violations: string[];
}

export interface Result {
  findings: Finding[];
  total: Record<string, unknown>;
  /** temporary folder of the run; the data folder of the servers is `data` below it */
  folder: string;
  verdict(data: string): Promise<Finding[]>;
  clear(): Promise<void>;
}

interface Options {
  database: 'sqlite' | 'mariadb' | 'two-servers';
  kills: number;
  seed: number;
  atOnce: number;
}

const script = (name: string): Promise<unknown> => import(path.resolve(import.meta.dirname, '../../scripts', name));

/** A short run of the built server (`npm test` builds before); its data stay until `clear`. */
export async function shortRun(options: Options): Promise<Result> {
  const { run } = (await script('kill/run.mjs')) as { run(options: object): Promise<Result> };
  return run({ ...options, hurry: true });
}

/** Everything that is wrong, each line with the name of its check. */
export const wrong = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ name, violations }) => violations.map((line) => `${name}: ${line}`));
