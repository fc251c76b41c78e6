/**
 * Owns a MariaDB for one test file: the throw-away server of scripts/mariadb.mjs (about half a second to start), and as many empty
 * databases in it as the tests ask for.
 */

export interface MariaDb {
  /** a new, empty database; its address as DATABASE_URL takes it */
  database(): string;
  stop(): Promise<void>;
}

interface Script {
  startMariadb(): Promise<{ url(name: string): string; create(name: string): void; stop(): Promise<void> }>;
}

export async function startMariaDb(): Promise<MariaDb> {
  const script = (await import(new URL('../../scripts/mariadb.mjs', import.meta.url).href)) as Script;
  const server = await script.startMariadb();
  let count = 0;
  return {
    database() {
      count += 1;
      server.create(`test${count}`);
      return server.url(`test${count}`);
    },
    stop: () => server.stop(),
  };
}
