/** Owns the Chinese words about starting; they come with the pages that say them (start/words.ts). start.en-US.ts has the same keys. */
export const startZh = {
  'start.title': '发起事项',
  'start.note': '选择要办理的事项，填写后提交。填写过程会自动保存为草稿。',
  'start.search': '查找事项',
  'start.other': '其他',
  'start.empty': '目前没有您可以发起的事项',
  'start.emptyHint': '如需发起，请联系本单位管理员开通。',
  'start.drafts': '有 {n} 份没有写完，可以接着填写：',
  'start.allDrafts': '全部草稿',
  'start.from': '关联件：{number} {title}',
  'start.noForm': '此事项不需要填写内容，确认后直接提交。',
  'moved.started': '已提交',
  'act.submit': '提交',
} as const;

export type StartKey = keyof typeof startZh;
