/**
 * Owns the Chinese of the drawing tools: every text that bpmn-js and diagram-js put on the screen in the parts that are used, by its English. On an
 * English page the texts stay as they are. The community's dictionary lacks a tenth of them and would be one more library; test/design/dictionary.test.ts
 * reads the libraries and finds what is missing here. Rule: [DES11].
 */
export const CHINESE: Readonly<Record<string, string>> = {
  // palette
  'Activate hand tool': '移动画布',
  'Activate lasso tool': '框选',
  'Activate create/remove space tool': '拉开或收拢空间',
  'Activate global connect tool': '连线',
  'Create start event': '开始',
  'Create end event': '结束',
  'Create timer event (onto a step: its time-out)': '定时（放到步骤边上即超时处理）',
  'Create message event': '等待消息',
  'Create user task': '办理步骤',
  'Create service task': '自动步骤（服务）',
  'Create call of another flow': '调用另一个流程',
  'Create phase (sub-process)': '阶段（子流程）',
  'Create exclusive gateway': '择一分支',
  'Create parallel gateway': '并行分支',
  'Create inclusive gateway': '多选分支',
  'Create text annotation': '文字注释',
  'Create pool/participant': '泳池（内分泳道）',
  // beside an element
  'Append user task': '接一个办理步骤',
  'Append service task': '接一个自动步骤',
  'Append end event': '接结束',
  'Append gateway': '接分支',
  'Append receive task': '接等待消息的步骤',
  'Append message intermediate catch event': '接等待消息',
  'Append timer intermediate catch event': '接定时',
  'Add text annotation': '加文字注释',
  'Add lane above': '在上面加泳道',
  'Add lane below': '在下面加泳道',
  'Divide into two lanes': '分成两条泳道',
  'Divide into three lanes': '分成三条泳道',
  'Connect to other element': '连到另一元素',
  'Connect using association': '连到所注释的元素',
  'Connect using data input association': '连到用此数据的元素',
  'Change element': '换成别的元素',
  Delete: '删除',
  'Align elements': '对齐',
  'Align elements left': '左对齐',
  'Align elements center': '左右居中',
  'Align elements right': '右对齐',
  'Align elements top': '上对齐',
  'Align elements middle': '上下居中',
  'Align elements bottom': '下对齐',
  'Distribute elements horizontally': '横向均匀分布',
  'Distribute elements vertically': '纵向均匀分布',
  // replacements
  'Start event': '普通开始',
  'End event': '普通结束',
  'Intermediate throw event': '经过点（标记进度）',
  'Message start event': '由消息开始',
  'Timer start event': '定时开始',
  'Message intermediate catch event': '等待消息',
  'Timer intermediate catch event': '定时',
  'Message boundary event': '收到消息时（中断步骤）',
  'Timer boundary event': '超时（中断步骤）',
  'Error boundary event': '接住错误',
  'Message boundary event (non-interrupting)': '收到消息时（不中断）',
  'Timer boundary event (non-interrupting)': '超时（不中断）',
  'Error end event': '以错误结束阶段',
  'Terminate end event': '终止整个流程',
  'Exclusive gateway': '择一分支',
  'Parallel gateway': '并行分支',
  'Inclusive gateway': '多选分支',
  'Event-based gateway': '先到的事件决定',
  'User task': '办理步骤',
  'Service task': '自动步骤（服务）',
  'Send task': '发送（服务）',
  'Receive task': '等待消息的步骤',
  'Business rule task': '决策表（服务）',
  'Call activity': '调用另一个流程',
  'Sub-process': '阶段（子流程）',
  'Sub-process (collapsed)': '阶段（收起，另页绘制）',
  'Sub-process (expanded)': '阶段（展开）',
  'Sequence flow': '普通连线',
  'Default flow': '默认分支',
  'Toggle non-interrupting': '是否中断步骤',
  // the rest
  'Open {element}': '打开「{element}」',
  'Search in diagram': '在图中查找',
  'flow elements must be children of pools/participants': '图中有泳池时，步骤须放在泳池里',
  'Data object must be placed within a pool/participant.': '数据对象须放在泳池里',
};

export type Translate = (text: string, replacements?: Readonly<Record<string, string>>) => string;

/** `speaks`: the language of the page now. */
export const translating =
  (speaks: () => 'zh-CN' | 'en-US'): Translate =>
  (text, replacements = {}) => {
    const words = speaks() === 'zh-CN' ? (CHINESE[text] ?? text) : text;
    return words.replace(/\{([^}]+)\}/g, (_, name: string) => replacements[name] ?? `{${name}}`);
  };
