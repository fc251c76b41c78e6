/** Owns a throw-away MariaDB: a temporary folder, a random port, gone when stopped. For tests and measurements only. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * The server under a guard: when whoever started it is gone, however he went, his end of the pipe is closed, and the guard ends the server
 * and removes its folder ($0).
 */
const GUARDED = `exec 3<&0
mariadbd "$@" 3<&- &
server=$!
trap 'kill -TERM $server' TERM
(cat <&3 >/dev/null; kill -KILL $server; rm -rf "$0") 2>/dev/null &
exec 3<&-
wait $server
wait $server`;

/** `durable`: waits for the disk at every commit, as a production server does; tests leave it off. `memory`: for its pages. */
export async function startMariadb({ durable = false, memory = '256M' } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ganwei-mariadb-'));
  const data = path.join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      ...user,
    ],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const speed = durable
    ? ['--innodb-flush-log-at-trx-commit=1']
    : ['--innodb-flush-log-at-trx-commit=0', '--innodb-flush-method=nosync', '--innodb-doublewrite=OFF'];
  const server = spawn(
    'sh',
    [
      '-c',
      GUARDED,
      folder,
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${folder}/socket`,
      `--pid-file=${folder}/pid`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      `--innodb-buffer-pool-size=${memory}`,
      '--innodb-log-file-size=64M',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--max-connections=200',
      ...speed,
      ...user,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  await new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('ready for connections')) resolve();
    });
    server.on('exit', () => reject(new Error(log.slice(-1000))));
  });
  return {
    port,
    url: (database) => `mysql://root@127.0.0.1:${port}/${database}`,
    create: (database) =>
      void execFileSync('mariadb', [
        '--no-defaults',
        '-uroot',
        '-h127.0.0.1',
        `-P${port}`,
        '-e',
        `create database ${database}`,
      ]),
    stop: () =>
      new Promise((resolve) => {
        server.removeAllListeners('exit');
        server.on('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGTERM');
        server.stdin.end();
      }),
  };
}
