/**
 * The stand-alone server; the only reader of the environment. Without arguments it serves; `admin:create NAME` makes the first
 * administrator. Names of variables: house §9, and docs/administrator.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { said } from '@ganwei/core/reason';
import pino from 'pino';
import { readFolder } from './catalogue/folder.ts';
import type { Host, Quota } from './catalogue/host.ts';
import { makeExaminer } from './commands/examiner.ts';
import { readOrganisation } from './demo.ts';
import { lacks } from './directory/readiness.ts';
import { QUOTA } from './files.ts';
import { createAdministrator } from './identity/administrator.ts';
import type { Door } from './identity/doors/door.ts';
import { oidcDoor } from './identity/doors/oidc.ts';
import { listen } from './listen.ts';
import { createPlatform, type PlatformOptions } from './platform.ts';
import type { Published } from './publishing/folder.ts';
import { makePrinter } from './services/printer.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { env } = process;
const dataFolder = path.resolve(env.DATA_DIR ?? './data');
const content = path.resolve(env.CONTENT_DIR ?? root);
const port = Number(env.PORT ?? 3000);
const basePath = `/${(env.BASE_PATH ?? '/').replace(/^\/|\/$/g, '')}`.replace(/(.)$/, '$1');
const log = pino(
  { level: env.LOG_LEVEL ?? 'info', redact: ['*.password', '*.values'] },
  pino.destination({ sync: false }),
);

/** Milliseconds for the pages of a draft, start of the compiler included. */
const LONGEST_DRAWING = 10_000;

async function main(): Promise<void> {
  const started = performance.now();
  const fontPaths = [path.join(dataFolder, 'fonts')].filter((folder) => existsSync(folder));
  const printer = makePrinter({ fontPaths });
  const drawer = makePrinter({ fontPaths, timeoutMs: LONGEST_DRAWING });
  const examiner = makeExaminer();
  const demo =
    env.DEMO === '1'
      ? { organisation: readOrganisation(path.join(content, 'forms/demo/organisation.json')), password: demoPassword() }
      : undefined;
  const options: PlatformOptions = {
    title: env.TITLE ?? '敢为',
    version: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
    dataFolder,
    databaseUrl: env.DATABASE_URL,
    basePath,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${port}${basePath}`,
    content: readFolder(content),
    contentLater: true,
    demo,
    pages: path.join(root, 'dist/web'),
    proxy: env.TRUST_PROXY === '1',
    log,
    printer,
    drawer,
    examine: examiner.examine,
    askNames: examiner.askNames,
    secondFactor: secondFactor(env.SECOND_FACTOR),
    doors: doors(),
    quota: quota(),
    channels: {
      webhooks: env.WEBHOOKS ? JSON.parse(env.WEBHOOKS) : {},
      smtp: env.SMTP_URL,
      from: env.MAIL_FROM ?? 'ganwei@localhost',
    },
  };
  const platform = await createPlatform(options);
  if (process.argv[2] === 'admin:create') {
    console.log(await createAdministrator(platform.host, process.argv[3] ?? 'admin', process.argv[4]));
    await platform.stop();
    await Promise.all([printer.close(), drawer.close()]);
    await examiner.close();
    return;
  }
  if (process.argv[2] === 'doctor') {
    process.exitCode = await doctor(platform.host);
    await platform.stop();
    await Promise.all([printer.close(), drawer.close()]);
    await examiner.close();
    return;
  }
  const listening = await listen(platform, port);
  announce(Math.round(performance.now() - started), demo?.password);
  platform.takeContent().then((published) => announceContent(published), notTaken);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

  async function stop(): Promise<void> {
    await listening.stop();
    await Promise.all([printer.close(), drawer.close()]);
    await examiner.close();
    log.flush();
  }
}

/** Prints what the installation still lacks; 1 when an application cannot work. */
async function doctor(host: Host): Promise<number> {
  const found = await lacks(host);
  for (const { severity, reason } of found) console.log(`${severity === 'error' ? '必须' : '提示'}：${said(reason)}`);
  if (found.length === 0) console.log('准备就绪。');
  return found.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** SECOND_FACTOR; anything else than the two words is a mistake that must not go unseen. */
function secondFactor(word: string | undefined): PlatformOptions['secondFactor'] {
  if (word === undefined || word === 'required' || word === 'optional') return word;
  throw new Error(`SECOND_FACTOR 应为 required 或 optional，不是「${word}」`);
}

/** OIDC_*; the provider is asked when somebody comes, so it may be down now. */
function doors(): Door[] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer) return [];
  if (!clientId || !clientSecret) throw new Error('OIDC_ISSUER 须与 OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 一并设置');
  const label = env.OIDC_LABEL ?? '统一身份认证';
  return [oidcDoor({ issuer, clientId, clientSecret, label, claim: env.OIDC_CLAIM ?? 'sub' })];
}

/** UPLOAD_PER_DAY_MB and UPLOAD_PER_CASE_MB. */
function quota(): Quota {
  const bytes = (text: string | undefined, usual: number) => (text ? Number(text) * 1024 ** 2 : usual);
  return {
    perDay: bytes(env.UPLOAD_PER_DAY_MB, QUOTA.perDay),
    perCase: bytes(env.UPLOAD_PER_CASE_MB, QUOTA.perCase),
  };
}

/** One password for all demo people: demo data are made up and worth nothing. */
function demoPassword(): string {
  return env.DEMO_PASSWORD ?? 'ganwei-demo-2026';
}

function announce(ms: number, password: string | undefined): void {
  const address = `http://localhost:${port}${basePath}`;
  console.log(`\n敢为已启动（${ms} 毫秒）：${address}`);
  if (password) {
    console.log('这是演示模式：数据与人员均为虚构，任何人都可以登录，请勿用于正式办公。');
    console.log(`演示账号为姓名拼音，登录页列有可试用的账号；共同密码：${password}\n`);
  }
}

/** What has become of the content folder, for whoever started the server; the log names every finding. */
function announceContent({ release, changed, problems, waits }: Published): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    console.error(`内容目录有 ${errors.length} 处错误，没有生效，继续使用上一个正确版本。`);
    console.error(`第一处：${first.file} ${first.element}：${first.message}`);
  } else if (waits !== null) {
    console.error('内容目录的改动会覆盖已在浏览器中发布的内容，没有生效：在「设计中心」的变更里查看、修改、送审。');
  } else if (release !== null) console.log(`内容目录已生效：第 ${release} 次发布，改动 ${changed} 项。`);
}

function notTaken(error: unknown): void {
  log.error({ err: error }, 'content not taken over');
  console.error('内容目录未能检查，继续使用上一个正确版本；原因见日志。');
}

main().catch((error: unknown) => {
  console.error(`启动失败：${(error as Error).message}`);
  log.fatal({ err: error }, 'start failed');
  log.flush();
  process.exitCode = 1;
});
