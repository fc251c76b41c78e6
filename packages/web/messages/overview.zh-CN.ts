/** Owns the Chinese words of the pages of overviews; they come with these pages (overview/learned.ts). overview.en-US.ts has the same keys. */
export const overviewZh = {
  'overview.title': '概览',
  'overview.note': '按您的职责列出可以查看的概览。',
  'overview.none': '没有您可以查看的概览',
  'overview.noneHint': '如工作需要，请联系管理员授权。',
  'overview.counted': '数字按台账上您可以查看的行统计，点开每个数字都能看到所算的件。',
  'overview.reload': '刷新',
  'overview.unit': '单位：{unit}',
  'overview.at': '数据截至 {at}',
  'overview.asChart': '图',
  'overview.asTable': '表',
  'overview.how': '怎样显示「{title}」',
  'overview.filling': '正在汇总，完成以后显示数字。',
  'overview.empty': '没有数据',
  'overview.emptyHint': '有件符合条件以后，这里显示数字。',
  'overview.blank': '未填写',
  'overview.part': '项目',
  'overview.month': '{label}（月份）',
  'overview.value': '数字（{unit}）',
  'overview.open': '{label}：{value}，查看所算的件',
  'overview.rest': '另有 {kinds} 类未列出，合计 {value}。',
  'overview.more': '图上只画前 {n} 类，全部见表。',
  'overview.participants': '只因参与办理才看得到的件没有计入。',
} as const;

export type OverviewKey = keyof typeof overviewZh;
