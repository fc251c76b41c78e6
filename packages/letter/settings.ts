/**
 * Owns which settings stand at the head of a letter's template, in the order in which they are written: what each is called, and of what kind it is.
 * front.ts reads them, edit.ts writes them, the outline and the designer name them by this table.
 */
import { type Words, words } from '@ganwei/core/outline';
import type { LayoutName } from './sheet.ts';

/** plain: a key or a word · layout, seal: closed choices · text: with placeholders · list: texts with placeholders, or `= FEEL` */
export type SettingKind = 'plain' | 'layout' | 'seal' | 'text' | 'list';

interface SettingRow {
  readonly label: Words;
  readonly kind: SettingKind;
  /** always, or in these layouts; absent: it may be left out */
  readonly required?: true | readonly LayoutName[];
}

const WITH_MARK: readonly LayoutName[] = ['document', 'letter', 'minutes'];

export const SETTINGS = {
  letter: { label: words('标识', 'Key'), kind: 'plain', required: true },
  name: { label: words('名称', 'Name'), kind: 'plain', required: true },
  layout: { label: words('版式', 'Layout'), kind: 'layout', required: true },
  mark: { label: words('发文机关标志', 'Issuing mark'), kind: 'text', required: WITH_MARK },
  organ: { label: words('发文机关', 'Organ'), kind: 'text', required: true },
  title: { label: words('标题', 'Title'), kind: 'text', required: true },
  to: { label: words('主送', 'To'), kind: 'text' },
  copies: { label: words('抄送', 'Copies'), kind: 'list' },
  attachments: { label: words('附件', 'Attachments'), kind: 'list' },
  printedBy: { label: words('印发机关', 'Printed by'), kind: 'text' },
  secrecy: { label: words('密级', 'Secrecy'), kind: 'text' },
  urgency: { label: words('紧急程度', 'Urgency'), kind: 'text' },
  signer: { label: words('签发人', 'Signer'), kind: 'text' },
  contact: { label: words('联系人', 'Contact'), kind: 'text' },
  note: { label: words('附注', 'Note'), kind: 'text' },
  present: { label: words('出席', 'Present'), kind: 'list' },
  excused: { label: words('请假', 'Excused'), kind: 'list' },
  observers: { label: words('列席', 'Observers'), kind: 'list' },
  seal: { label: words('印章', 'Seal'), kind: 'seal' },
} as const satisfies Readonly<Record<string, SettingRow>>;

export type SettingName = keyof typeof SETTINGS;
type OfKind<K extends SettingKind> = {
  [N in SettingName]: (typeof SETTINGS)[N]['kind'] extends K ? N : never;
}[SettingName];
export type TextName = OfKind<'text'>;
export type ListName = OfKind<'list'>;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

const ofKind = <K extends SettingKind>(kind: K): readonly OfKind<K>[] =>
  SETTING_NAMES.filter((name) => SETTINGS[name].kind === kind) as OfKind<K>[];
export const TEXTS = ofKind('text');
export const LISTS = ofKind('list');

export const LAYOUTS: Readonly<Record<LayoutName, Words>> = {
  document: words('文件', 'Official document'),
  letter: words('信函', 'Letter'),
  minutes: words('纪要', 'Minutes'),
  form: words('表格', 'Form'),
};
export const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

/** Settings that a letter of this layout cannot be without; undefined: the layout is not known. */
export const requiredIn = (layout: LayoutName | undefined): readonly SettingName[] =>
  SETTING_NAMES.filter((name) => {
    const { required }: SettingRow = SETTINGS[name];
    return required === true || (required?.includes(layout ?? 'document') ?? false);
  });
