/**
 * Owns the set-up that `npm start` and `npm test` do by themselves: npm packages, Debian packages, the build. Each part is skipped
 * when it is done already. Uses Node alone, because it runs before anything is installed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const say = (text) => console.log(`[敢为] ${text}`);

/** Runs a program with our output; ends this one when it fails. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** npm ci, when node_modules is not what the lock file says. */
export function packages() {
  const lock = hash(['package-lock.json']);
  const stamp = path.join(root, 'node_modules/.ganwei-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('安装依赖 (npm ci) …');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

/** What the machine itself must have: name of the part -> how to see it, Debian package. */
const MACHINE = {
  fonts: { has: () => hasFonts(), packages: ['fonts-noto-cjk', 'fontconfig'], what: '中文字体（思源/Noto CJK）' },
  chromium: {
    has: () => existsSync('/usr/bin/chromium') || Boolean(process.env.CHROMIUM),
    packages: ['chromium'],
    what: 'Chromium 浏览器',
  },
  mariadb: { has: () => found('mariadbd'), packages: ['mariadb-server'], what: 'MariaDB 服务器' },
  poppler: { has: () => found('pdftotext'), packages: ['poppler-utils'], what: 'poppler(pdftotext)' },
};

/** Installs missing parts from Debian's packages where we are root on Debian; elsewhere says in one line what is missing. */
export function machine(parts) {
  const missing = parts.filter((part) => !MACHINE[part].has());
  if (missing.length === 0) return;
  const names = missing.map((part) => MACHINE[part].what).join('、');
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    say(`缺少：${names}。请安装后再试（Debian 包：${missing.flatMap((part) => MACHINE[part].packages).join(' ')}）。`);
    return;
  }
  say(`从 Debian 软件源安装：${names} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  spawnSync('apt-get', ['update', '-qq'], { env, stdio });
  run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...missing.flatMap((part) => MACHINE[part].packages)],
    { env, stdio },
  );
}

const found = (program) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((folder) => existsSync(path.join(folder, program)));

function hasFonts() {
  try {
    return /CJK|SimSun|FangSong|Songti|PingFang/i.test(
      execFileSync('fc-list', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return process.platform !== 'linux';
  }
}

/** Builds pages and server, when a source is not what it was at the last build. */
export function build() {
  const sources = hash(
    ['package-lock.json', 'packages', 'server']
      .flatMap((at) => filesBelow(path.join(root, at)))
      .map((file) => path.relative(root, file)),
  );
  const stamp = path.join(root, 'dist/.sources');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say('构建 …');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  run(process.execPath, [vite, 'build', '--config', 'packages/web/vite.config.ts']);
  run(process.execPath, [vite, 'build', '--config', 'server/vite.config.ts']);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update(readFileSync(path.join(root, file)));
  return digest.digest('hex');
}

function filesBelow(at) {
  if (!existsSync(at)) return [];
  if (statSync(at).isFile()) return [at];
  return readdirSync(at)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .sort()
    .flatMap((name) => filesBelow(path.join(at, name)));
}

/** Node flags of the server: no text is ever compiled to JavaScript (house §4.6). */
export const SERVER_FLAGS = ['--disallow-code-generation-from-strings', '--enable-source-maps'];
