/** Owns the Chinese words of the drawing of a case; they come with it (trace/diagram-words.ts). diagram.en-US.ts has the same keys. */
export const diagramZh = {
  'diagram.label': '流程图，图中内容与流转记录一致',
  'diagram.failed': '流程图没有打开成功，请查看流转记录。',
  'diagram.in': '放大',
  'diagram.out': '缩小',
  'diagram.fit': '看全图',
  'diagram.here': '当前步骤',
  'diagram.full': '全屏',
  'diagram.finished': '已完成',
  'diagram.current': '正在办理',
  'diagram.taken': '已走过的路线',
  'diagram.ahead': '未到达',
  'diagram.hint': '按住可拖动',
} as const;

export type DiagramKey = keyof typeof diagramZh;
