/** Owns the words of why a case cannot go on by another version of its process: a part of the table of reason.ts. Rule: [N60]. */

export const MOVE_REASONS = {
  'move.current': { zh: '此件已经在现行版本上办理', en: 'the case is on the version in force' },
  'move.instead': {
    zh: '「{name}」不能代替：须是新版本里办理的步骤，原版本有的须是同一种',
    en: '“{name}” cannot stand in: it must be a step of the new version that people do, of the same type if the old one has it',
  },
  'move.instead-busy': { zh: '「{name}」已经在等待办理，不能再代替', en: '“{name}” waits already and cannot stand in' },
  'move.retired': { zh: '流程已经停用，没有现行版本', en: 'the process is retired' },
  'move.process': { zh: '新版本是另一个流程「{name}」', en: 'the new version is another process, {name}' },
  'move.step-gone': { zh: '新版本里没有步骤「{name}」', en: 'the new version has no step {name}' },
  'move.event-gone': { zh: '新版本里没有边界事件「{name}」', en: 'the new version has no boundary event {name}' },
  'move.type': {
    zh: '「{name}」在新版本里换了类型或位置',
    en: '{name} is of another type or elsewhere in the new version',
  },
  'move.into': {
    zh: '「{name}」在新版本里移进了子流程「{parent}」',
    en: '{name} stands in sub-process {parent} in the new version',
  },
  'move.out': { zh: '「{name}」在新版本里移出了子流程', en: '{name} left its sub-process in the new version' },
  'move.events': {
    zh: '「{name}」上的边界事件与新版本的不同，正在等待的步骤不能换上新的事件',
    en: '{name} has other boundary events in the new version; a step that waits keeps those it began with',
  },
  'move.rivals': {
    zh: '事件网关「{name}」之后的事件与新版本的不同',
    en: 'other events follow the event gateway {name} in the new version',
  },
  'move.flow': {
    zh: '有一支已经到达「{name}」，而新版本里它来的那条连线不在了',
    en: 'a branch has come to {name} over a flow that the new version does not have',
  },
  'move.in-turn': {
    zh: '「{name}」和「{later}」都在等待，新版本里先后办理，一起带过去会办两次；「{later}」可以收回，办完「{name}」还会到',
    en: '{name} and {later} both wait, and come one after the other in the new version: what follows would be done twice; {later} may be withdrawn, it comes again after {name}',
  },
  'move.either': {
    zh: '「{name}」和「{other}」都在等待，新版本里只走其中一支，一起带过去会办两次',
    en: '{name} and {other} both wait, and only one of them is come to in the new version: what follows would be done twice',
  },
  'move.begins': {
    zh: '迁移后另外开始「{names}」，须先确认',
    en: 'moving it begins {names} as well, which has to be confirmed',
  },
  'move.taking-up': {
    zh: '迁移后要往下走，而条件按件的数据说不出走哪一条（{condition}）',
    en: 'it would go on after moving, and a condition cannot tell which way from its data ({condition})',
  },
  'move.signed': {
    zh: '「{name}」已有人签署，而新版本改了签署方式',
    en: '{name} has signatures, and the new version has it signed in another way',
  },
  'move.outcome': {
    zh: '「{name}」已有人选了「{outcome}」，新版本没有这一选项',
    en: 'somebody has chosen {outcome} at {name}; the new version has no such choice',
  },
} as const;
