/** Owns the Chinese words of what is asked before something is sent or somebody is let in; they come with those dialogs and pages. trust.en-US.ts has the same keys. */
export const trustZh = {
  'audience.title': '由谁看到',
  'audience.organ': '本机关办理人员',
  'audience.concerned': '当事人也可见',
  'audience.names': '此件现有的人员中，{names} 会看到。',
  'audience.nobody': '此件现有的人员中，没有别人会看到。',
  'audience.count': '此件现有的人员中，{n} 人会看到。',
  'audience.readers': '流程规定可以查阅全件的人也能看到。',
  'factor.title': '第二验证',
  'factor.note': '登录时除密码以外，再输入手机验证器上的 6 位验证码。',
  'factor.due': '管理员须先启用第二验证，才能继续。',
  'factor.begin': '启用第二验证',
  'factor.password': '密码',
  'factor.scan': '用验证器应用扫描，或者手工输入密钥；然后输入它显示的验证码。',
  'factor.picture': '供验证器扫描的二维码',
  'factor.secret': '密钥',
  'factor.code': '验证码',
  'factor.confirm': '启用',
  'factor.codes': '恢复码',
  'factor.codesHint': '手机不在身边时，一个恢复码可以代替一次验证码。只显示这一次，请抄下来保存在安全的地方。',
  'factor.saved': '已经保存',
  'factor.on': '已启用，还有 {n} 个恢复码。',
  'factor.end': '停用第二验证',
  'factor.ended': '已停用第二验证',
  'factor.required': '管理员不能停用。手机丢失的，请系统管理员提请重置，由安全保密管理员同意。',
} as const;

export type TrustKey = keyof typeof trustZh;
