/**
 * `npm run deploy -- <folder or zip> <address>`: a content folder goes to another server, as a change there; nothing takes effect by it. Signs in
 * as GANWEI_USER with GANWEI_PASSWORD, and GANWEI_CODE where a second factor is asked for; what is not set is asked. Rule: [CHG32].
 * docs/operations.md
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { explain, Sorry } from './backup/data.mjs';
import { load } from './sources.mjs';

const [source, address] = process.argv.slice(2);

async function deploy() {
  if (!source || !/^https?:\/\//.test(address ?? ''))
    throw new Sorry(
      '用法：npm run deploy -- <内容文件夹或 zip> <地址>，例如 npm run deploy -- . https://oa.example.gov.cn/ganwei',
    );
  if (!existsSync(source)) throw new Sorry(`没有找到：${source}`);
  const bytes = await archiveOf(path.resolve(source));
  const session = await signIn(new URL('api/', address.replace(/\/?$/, '/')));
  try {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type: 'application/zip' }), `${nameOf(source)}.zip`);
    const { id } = await session.send('POST', 'changes/deploy', form);
    if (id === null) console.log('与对方现行的内容相同，没有送出变更。');
    else console.log(`已送到 ${address}，成为那里的变更 ${id}：在设计中心查看、送审、发布。`);
  } finally {
    await session.send('DELETE', 'session');
  }
}

const nameOf = (at) => path.basename(path.resolve(at)).replace(/\.zip$/i, '') || 'content';

/** An archive as it is; a folder as an export would pack it, definitions alone. */
async function archiveOf(at) {
  if (!statSync(at).isDirectory()) return readFileSync(at);
  const { readFolder } = await load('server/catalogue/folder.ts');
  const { packed } = await load('server/publishing/archive.ts');
  const files = readFolder(at);
  if (files.length === 0) throw new Sorry(`${at} 里没有定义：其中应有 forms、processes 文件夹。`);
  return packed(files);
}

/** A session at the other server; throws Sorry with what it says when it refuses. */
async function signIn(base) {
  const username = process.env.GANWEI_USER ?? (await ask('用户名：'));
  const password = process.env.GANWEI_PASSWORD ?? (await ask('密码：', true));
  const send = sender(base, {});
  const given = (code) => send.raw('POST', 'session', JSON.stringify({ username, password, ...(code && { code }) }));
  let answer = await given(process.env.GANWEI_CODE);
  if (answer.body.code === 'session.code') answer = await given(await ask('验证码：'));
  if (!answer.ok) throw new Sorry(answer.body.detail ?? `登录失败（${answer.status}）`);
  const cookie = answer.cookies.map((one) => one.split(';')[0]).join('; ');
  return { send: sender(base, { cookie, 'x-csrf-token': answer.body.csrf }) };
}

function sender(base, headers) {
  const raw = async (method, route, body) => {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const response = await fetch(new URL(route, base), { method, headers: { ...headers, ...type }, body }).catch(
      (error) => {
        throw new Sorry(`连接不上 ${base.origin}：${error.cause?.message ?? error.message}`);
      },
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const cookies = response.headers.getSetCookie();
    return { ok: response.ok, status: response.status, body: isJson ? JSON.parse(text) : {}, cookies };
  };
  const send = async (method, route, body) => {
    const answer = await raw(method, route, body);
    if (!answer.ok) throw new Sorry(answer.body.detail ?? `对方回答 ${answer.status}`);
    return answer.body;
  };
  return Object.assign(send, { raw });
}

/** What is typed is not shown when it is a secret. */
async function ask(question, isSecret = false) {
  if (!stdin.isTTY)
    throw new Sorry(`请设置环境变量 GANWEI_USER、GANWEI_PASSWORD（需要验证码时 GANWEI_CODE）；缺少：${question}`);
  stdout.write(question);
  const output = isSecret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : stdout;
  const lines = createInterface({ input: stdin, output, terminal: true });
  const answer = await lines.question('');
  lines.close();
  if (isSecret) stdout.write('\n');
  return answer.trim();
}

await deploy().catch(explain);
