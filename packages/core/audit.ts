/**
 * Owns what the audit log keeps: one closed list of acts, each with its name in both languages. What the server writes, what may be asked for
 * and what pages and exports say follow from it. Rules: [R4] [R20].
 */
import type { Words } from './reason.ts';

export const AUDIT_WORDS = {
  'sign-in': { zh: '登录', en: 'Sign-in' },
  'sign-in-failed': { zh: '登录失败', en: 'Sign-in failed' },
  slowed: { zh: '多次输错密码，暂缓登录', en: 'Slowed down after wrong passwords' },
  export: { zh: '导出', en: 'Export' },
  'password-changed': { zh: '修改密码', en: 'Password changed' },
  'password-reset': { zh: '重置密码', en: 'Password reset' },
  'directory-import': { zh: '导入组织人员', en: 'Directory import' },
  'unit-changed': { zh: '单位变动', en: 'Unit changed' },
  'person-changed': { zh: '人员变动', en: 'Person changed' },
  'role-granted': { zh: '同意角色', en: 'Role granted' },
  'role-refused': { zh: '不同意角色', en: 'Role refused' },
  redeliver: { zh: '重新推送', en: 'Delivered again' },
  'delivery-set-aside': { zh: '推送被搁置', en: 'Delivery set aside' },
  'case-moved': { zh: '迁移流程版本', en: 'Case moved to another version' },
  'step-assigned': { zh: '指定办理人', en: 'Step given to people' },
  'exception-asked': { zh: '提请例外指定办理人', en: 'Exception asked for' },
  'exception-agreed': { zh: '同意例外指定办理人', en: 'Exception agreed to' },
  'exception-refused': { zh: '不同意例外指定办理人', en: 'Exception refused' },
  'access-refused': { zh: '无权查看文件、文书', en: 'File or letter refused' },
  'factor-set': { zh: '启用第二验证', en: 'Second factor set up' },
  'factor-ended': { zh: '停用第二验证', en: 'Second factor ended' },
  'factor-reset-asked': { zh: '提请重置第二验证', en: 'Reset of a second factor asked for' },
  'factor-reset': { zh: '重置第二验证', en: 'Second factor reset' },
  'factor-reset-refused': { zh: '不同意重置第二验证', en: 'Reset of a second factor refused' },
  'recovery-code-used': { zh: '使用恢复码登录', en: 'Signed in with a recovery code' },
  'door-linked': { zh: '绑定统一身份', en: 'Identity linked' },
  'door-unlinked': { zh: '解除绑定的统一身份', en: 'Identity no longer linked' },
  'door-unknown': { zh: '未绑定的统一身份登录', en: 'Sign-in with an identity that is not linked' },
  'door-refused': { zh: '统一身份登录被拒绝', en: 'Sign-in through an identity provider refused' },
  'door-ended': { zh: '统一身份退出，结束会话', en: 'Sessions ended by the identity provider' },
  'change-begun': { zh: '起草变更', en: 'Change begun' },
  'change-saved': { zh: '修改定义（变更）', en: 'Definition altered in a change' },
  'change-renamed': { zh: '改名（变更）', en: 'Name altered in a change' },
  'change-rename-undone': { zh: '撤销改名（变更）', en: 'Altered name undone in a change' },
  'change-replayed': { zh: '用办结的件核对变更', en: 'Change held against finished cases' },
  'change-submitted': { zh: '变更送审', en: 'Change submitted' },
  'change-returned': { zh: '退回变更', en: 'Change returned' },
  'change-agreed': { zh: '同意变更', en: 'Change agreed to' },
  'change-scheduled': { zh: '变更定期生效', en: 'Change set to a day' },
  'change-unscheduled': { zh: '取消待生效', en: 'Change no longer set to a day' },
  'change-published': { zh: '发布变更', en: 'Change published' },
  'change-withdrawn': { zh: '撤销变更', en: 'Change withdrawn' },
  'content-exported': { zh: '导出定义', en: 'Definitions exported' },
  'content-deployed': { zh: '送来内容文件夹', en: 'Content folder deployed' },
} as const satisfies Record<string, Words>;

export type AuditAct = keyof typeof AUDIT_WORDS;

export const AUDIT_ACTS = Object.keys(AUDIT_WORDS) as readonly AuditAct[];
