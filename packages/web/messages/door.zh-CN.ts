/** Owns the Chinese words of signing in through another place and of linking; they come with what says them (session/door-words.ts). door.en-US.ts has the same keys. */
export const doorZh = {
  'door.or': '或者',
  'door.enter': '用{label}登录',
  'door.enterElsewhere': '在新窗口用{label}登录，再回到这一页',
  'door.mark': '编号 {mark}。',
  'door.down': '统一身份认证暂时无法访问，请稍后再试，或者用本系统的账号登录。',
  'door.declined': '统一身份认证没有同意这次登录。可以再试一次，或者用本系统的账号登录。',
  'door.forged': '统一身份认证的答复没有通过核对，这次没有登录。请再试一次；仍然如此的，把编号告诉系统管理员。',
  'door.expired': '这次登录已经过期，或者不是在这个浏览器开始的。请再试一次。',
  'door.unlinked':
    '这个身份还没有绑定本系统的账号。请先用本系统的账号登录，在「我的」里绑定；没有账号的，把编号告诉本单位的系统管理员。',
  'door.left': '绑定的账号已经停用。如有疑问，把编号告诉本单位的系统管理员。',
  'door.taken':
    '没有绑定：这个身份已经属于另一个账号，或者您的账号已经绑定了一个身份。如有疑问，把编号告诉系统管理员。',
  'door.linked': '已绑定，以后可以从统一身份认证登录。',
  'door.code': '统一身份认证已经确认您的身份。请再输入验证器上的验证码，或者一个恢复码。',
  'door.codeField': '验证码',
  'door.codeSubmit': '继续登录',
  'door.links': '绑定的身份',
  'door.linksNote': '绑定之后，可以从统一身份认证登录，不必再输入本系统的密码。',
  'door.notLinked': '未绑定',
  'door.isLinked': '已绑定 {called}，{date}',
  'door.link': '绑定',
  'door.linkTitle': '绑定{label}',
  'door.linkNote': '输入本系统的密码以证明是您本人，然后到那里登录。',
  'door.linkSubmit': '去绑定',
  'door.unlink': '解除绑定',
  'door.unlinkTitle': '解除绑定{label}',
  'door.unlinkNote':
    '以后只能用本系统的用户名和密码登录，经那里打开的其他会话随即结束。请输入本系统的密码，确认您还能这样登录。',
  'door.unlinked.done': '已解除绑定',
  'door.password': '本系统的密码',
} as const;

export type DoorKey = keyof typeof doorZh;
