/** Owns the Chinese words about two states of a draft; they come with the pages that show them (session/kept-words.ts). kept.en-US.ts has the same keys. */
export const keptZh = {
  'kept.found': '本机留有 {at} 没有送出的内容。',
  'kept.moved': '这份草稿在另一个页面或另一台设备上改过，这里没有覆盖。请比较后选定，选定之前不再自动保存。',
  'kept.choose': '比较并选定',
  'kept.drop': '不要了',
  'kept.anew': '存为新的草稿',
  'kept.title': '比较并选定',
  'kept.hint': '有 {n} 处不同，请逐处选定要保留的内容。',
  'kept.here': '本页',
  'kept.elsewhere': '另一处',
  'kept.onDevice': '本机所存',
  'kept.blank': '（空）',
  'kept.save': '按所选保存',
  'kept.unsent': '本机留有没有送出的内容',
  'kept.open': '打开',
} as const;

export type KeptKey = keyof typeof keptZh;
