/** Owns the Chinese words about letters; they come with their page and their lists (kit/letter-words.ts). letter.en-US.ts has the same keys. */
export const letterZh = {
  'letters.title': '文书',
  'letters.pages': '{n} 页',
  'letters.signed': '已签收 {done}/{all}',
  'letters.void': '已作废',
  'letters.preview': '{title} 预览',
  'letters.noFile': '此文书没有可以预览的页面。',
  'letters.about': '文书信息',
  'letters.number': '文号',
  'letters.organ': '发文机关',
  'letters.issued': '签发',
  'letters.count': '页数',
  'letters.case': '所属事项',
  'letters.hash': '校验值',
  'letters.fonts': '服务器上没有规定字体，已用相近字体代替：{fonts}',
  'letters.receipts': '送达情况',
  'letters.noReceipts': '此文书没有送达对象。',
  'letters.receiver': '接收单位和人员',
  'letters.sent': '送达',
  'letters.signedAt': '签收',
  'letters.unsigned': '未签收',
  'letters.undelivered': '未送达',
  'letters.to': '主送',
  'letters.copy': '抄送',
} as const;

export type LetterKey = keyof typeof letterZh;
