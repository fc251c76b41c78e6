/** Owns the words about stories and sandboxes: what an act is, and where a story came about otherwise: a part of the table of reason.ts. Rule: [N60]. */

export const STORY_REASONS = {
  'story.at': { zh: '第 {n} 步（{act}）：{what}', en: 'Step {n} ({act}): {what}' },
  'story.act.start': { zh: '{who}发起「{flow}」', en: '{who} starts {flow}' },
  'story.act.submit': { zh: '{who}办理「{step}」，选「{outcome}」', en: '{who} does {step}: {outcome}' },
  'story.act.return': { zh: '{who}从「{step}」退回到「{to}」', en: '{who} returns {step} to {to}' },
  'story.act.transfer': { zh: '{who}把「{step}」转给{to}', en: '{who} hands {step} over to {to}' },
  'story.act.claim': { zh: '{who}签收「{step}」', en: '{who} claims {step}' },
  'story.act.withdraw': { zh: '{who}撤回「{flow}」', en: '{who} withdraws {flow}' },
  'story.act.clock': { zh: '时间到 {at}', en: 'the clock moves to {at}' },
  'story.place': { zh: '{flow}·{step}', en: '{flow} · {step}' },
  'story.nth': { zh: '{flow}（第 {n} 件）', en: '{flow} (case {n})' },
  'story.nobody': { zh: '无人', en: 'nobody' },
  'story.never': { zh: '没有期限', en: 'no deadline' },

  'story.not-waiting': {
    zh: '应有「{step}」等待{who}办理，实际没有',
    en: '{step} should wait for {who}; it does not',
  },
  'story.also-waiting': { zh: '多出「{step}」等待{who}办理', en: '{step} waits for {who}, which was not expected' },
  'story.who': {
    zh: '「{step}」应由{who}办理，实际是{found}',
    en: '{step} should wait for {who}; it waits for {found}',
  },
  'story.until': {
    zh: '「{step}」的期限应为 {until}，实际是 {found}',
    en: '{step} should be due {until}; it is due {found}',
  },
  'story.not-issued': {
    zh: '应发出「{letter}」{number}，实际没有',
    en: '{letter} {number} should be issued; it is not',
  },
  'story.also-issued': { zh: '多发出「{letter}」{number}', en: '{letter} {number} is issued, which was not expected' },
  'story.number': {
    zh: '「{letter}」的文号应为{number}，实际是{found}',
    en: '{letter} should have the number {number}; it has {found}',
  },
  'story.not-ended': { zh: '「{flow}」应以「{state}」办结，实际没有', en: '{flow} should end as {state}; it does not' },
  'story.also-ended': {
    zh: '「{flow}」以「{state}」办结，不在预期之中',
    en: '{flow} ends as {state}, which was not expected',
  },
  'story.state': {
    zh: '「{flow}」应以「{state}」办结，实际是「{found}」',
    en: '{flow} should end as {state}; it ends as {found}',
  },
  'story.not-stuck': { zh: '「{step}」应有异常，实际没有', en: '{step} should have an incident; it has none' },
  'story.stuck': { zh: '「{step}」出现异常', en: '{step} has an incident' },

  'story.refused': { zh: '不能这样做：{reason}', en: 'it is refused: {reason}' },
  'story.no-task': { zh: '{who}没有「{step}」可以办理', en: '{who} has no {step} to do' },
  'story.no-case': { zh: '没有「{flow}」这一件', en: 'there is no case {flow}' },
  'story.no-person': { zh: '没有人员「{who}」', en: 'there is nobody called {who}' },
  'story.no-cast': { zh: '没有可用的人员', en: 'it has no people to be played by' },
  'story.clock-back': { zh: '时间只能往后', en: 'the clock only goes forward' },
  'story.fault': { zh: '未能进行下去：{detail}', en: 'it could not go on: {detail}' },
  'story.many': {
    zh: '涉及的用例超过 {most} 个，还有 {beyond} 个没有跑',
    en: 'more than {most} stories are touched; {beyond} were not run',
  },
  'story.unfinished': { zh: '用例未能跑完：{detail}', en: 'the story was not played to its end: {detail}' },

  'story.added': { zh: '新增：{act}', en: 'added: {act}' },
  'story.by-other': { zh: '这一步改由{found}办理，原为{who}', en: 'done by {found} now, was {who}' },
  'story.left-out': {
    zh: '去掉这一步：流程里没有步骤「{step}」了',
    en: 'left out: the flow has no step {step} any more',
  },
  'story.nobody-for': {
    zh: '「{step}」没有人可以办理：用例的人员里没有这样的人，须先在用例文本里加上',
    en: 'nobody can do {step}: the people of the story have no such person; add one in its text',
  },
  'play.asked': { zh: '这里只办要答复的那一步', en: 'it is only for the step that is asked about' },
  'play.not-asked': { zh: '这个用例没有要答复的步骤', en: 'no step of this story is asked about' },
  'play.title': { zh: '试运行 · {title}', en: 'Play · {title}' },
  'play.unsaid': { zh: '做过加签，用例记不下这一步', en: 'signers were added, which a story cannot say' },
  'play.long': { zh: '已经超过 {most} 步', en: 'it has more than {most} steps' },
  'play.nothing': { zh: '还没有办理任何事项', en: 'nothing has been done yet' },
  'play.full': { zh: '同时进行的试运行已有 {most} 个，请稍后再试', en: '{most} sandboxes are open; try again later' },
  'play.ended': { zh: '试运行已经结束', en: 'the sandbox has ended' },
  'play.broken': { zh: '试运行意外结束：{detail}', en: 'the sandbox ended unexpectedly: {detail}' },
  'play.wrong': {
    zh: '变更有 {count} 处错误，改正以后才能试运行；第一处：{message}',
    en: 'the change has {count} errors to be mended first: {message}',
  },
} as const;
