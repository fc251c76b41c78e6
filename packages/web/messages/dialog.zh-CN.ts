/** Owns the Chinese words of the dialogs of a task; they come with these (task/dialog-words.ts). dialog.en-US.ts has the same keys. */
export const dialogZh = {
  'return.to': '退回到哪一步',
  'return.resume': '修改后怎样办理',
  'return.again': '重新走一遍',
  'return.againHint': '中间各步骤依次重新办理',
  'return.straight': '直接送回',
  'return.straightHint': '改好后直接回到本步骤',
  'addSigner.hint': '加签的人员与您一同办理本步骤，办完后流程才继续。',
  'addSigner.to': '加签人员',
  'transfer.hint': '转办后任务从您的待办中移出，由接收人办理。',
  'transfer.to': '接收人',
} as const;

export type DialogKey = keyof typeof dialogZh;
