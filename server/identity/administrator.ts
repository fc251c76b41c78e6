/**
 * Owns the making of administrators, from the command line only: a person, an account with one duty, a first password shown once. The three
 * administrators are three people (三员分立); the business administrator is a fourth. Rule: [G1].
 */
import type { Duty } from '@ganwei/core/actor';
import type { Host } from '../catalogue/host.ts';
import { accountByName, addAccount, directoryChanged, putPeople } from '../store/directory.ts';
import { firstPassword, hashPassword } from './hashing.ts';

/** How the command line calls a duty -> the duty and the name of who holds it. */
const DUTIES: Readonly<Record<string, readonly [duty: Duty, name: string]>> = {
  system: ['system-admin', '系统管理员'],
  security: ['security-admin', '安全保密管理员'],
  audit: ['audit-admin', '安全审计员'],
  business: ['business-admin', '业务管理员'],
};

/** The sentence for the console; refuses a name that is taken and a duty that does not exist. */
export async function createAdministrator(host: Host, username: string, called = 'system'): Promise<string> {
  const [duty, name] = DUTIES[called] ?? [];
  if (!duty || !name) return `没有「${called}」这种管理员，应为 ${Object.keys(DUTIES).join('、')} 之一。`;
  if (!/^[a-z][a-z0-9._-]{1,38}$/.test(username)) return '用户名应为小写字母开头的字母或数字。';
  if (await accountByName(host.store.reader, username)) return `用户名「${username}」已经存在。`;
  const password = firstPassword();
  const hash = await hashPassword(password);
  await host.store.transaction(async (tx) => {
    await putPeople(tx, [{ id: username, name, active: true, attributes: '{}' }]);
    await addAccount(tx, {
      person_id: username,
      username,
      password: hash,
      password_due: true,
      duties: JSON.stringify([duty]),
    });
    await directoryChanged(tx);
  });
  return `已建立${name}「${username}」，首次登录密码：${password}（登录后必须修改）`;
}
