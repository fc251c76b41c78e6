/** Owns the making of the first administrator, from the command line only: a person, an account, a first password shown once. Rule: [G1]. */
import type { Host } from '../catalogue/host.ts';
import { accountByName, addAccount, directoryChanged, putPeople } from '../store/directory.ts';
import { firstPassword, hashPassword } from './hashing.ts';

/** The sentence for the console; refuses a name that is taken. */
export async function createAdministrator(host: Host, username: string): Promise<string> {
  if (!/^[a-z][a-z0-9._-]{1,38}$/.test(username)) return '用户名应为小写字母开头的字母或数字。';
  if (await accountByName(host.store.reader, username)) return `用户名「${username}」已经存在。`;
  const password = firstPassword();
  const hash = await hashPassword(password);
  await host.store.transaction(async (tx) => {
    await putPeople(tx, [{ id: username, name: '系统管理员', active: true, attributes: '{}' }]);
    await addAccount(tx, {
      person_id: username,
      username,
      password: hash,
      password_due: true,
      duties: JSON.stringify(['system-admin', 'business-admin']),
    });
    await directoryChanged(tx);
  });
  return `已建立管理员「${username}」，首次登录密码：${password}（登录后必须修改）`;
}
