/** Owns the Chinese words of the page of the password; they come with it (session/password-words.ts). password.en-US.ts has the same keys. */
export const passwordZh = {
  'password.title': '修改密码',
  'password.due': '这是首次登录，请先修改密码。新密码至少 10 位，同时包含字母和数字，不要用常见的、与姓名相近的。',
  'password.rule': '新密码至少 10 位，同时包含字母和数字，不得与原密码相同，不要用常见的、与姓名相近的。',
  'password.old': '原密码',
  'password.new': '新密码',
  'password.again': '再输一次新密码',
  'password.submit': '修改密码',
  'password.weak': '新密码至少 10 位，且同时包含字母和数字，不得与原密码相同。',
  'password.differs': '两次输入的新密码不一致，请重新输入。',
  'password.done': '密码已修改。',
} as const;

export type PasswordKey = keyof typeof passwordZh;
