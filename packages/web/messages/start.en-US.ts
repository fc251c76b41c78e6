/** Owns the English words about starting. */
import type { StartKey } from './start.zh-CN.ts';

export const startEn: Readonly<Record<StartKey, string>> = {
  'start.title': 'Start',
  'start.note': 'Choose an affair, fill in the form and submit. Drafts are saved by themselves.',
  'start.search': 'Search affairs',
  'start.other': 'Others',
  'start.empty': 'There is nothing you may start',
  'start.emptyHint': 'Ask the administrator of your unit if you need to.',
  'start.drafts': '{n} not finished yet; go on with:',
  'start.allDrafts': 'All drafts',
  'start.from': 'About: {number} {title}',
  'start.noForm': 'There is nothing to fill in; just submit.',
  'moved.started': 'Submitted',
  'act.submit': 'Submit',
};
