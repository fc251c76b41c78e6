/** Owns the English words of the pages of overviews; the keys are those of overview.zh-CN.ts. */
import type { OverviewKey } from './overview.zh-CN.ts';

export const overviewEn: Readonly<Record<OverviewKey, string>> = {
  'overview.title': 'Overview',
  'overview.note': 'The overviews your duties give you access to.',
  'overview.none': 'There is no overview for you',
  'overview.noneHint': 'If you need one for your work, ask an administrator.',
  'overview.counted': 'Figures count the rows of the ledgers that you may see; every figure opens the cases it counts.',
  'overview.reload': 'Refresh',
  'overview.unit': 'Unit: {unit}',
  'overview.at': 'Figures as of {at}',
  'overview.asChart': 'Chart',
  'overview.asTable': 'Table',
  'overview.how': 'How “{title}” is shown',
  'overview.filling': 'Being summed up; the figures will be shown when this is done.',
  'overview.empty': 'No data',
  'overview.emptyHint': 'Figures appear here as soon as a case meets the conditions.',
  'overview.blank': 'Not filled in',
  'overview.part': 'Item',
  'overview.month': '{label} (month)',
  'overview.value': 'Figure ({unit})',
  'overview.open': '{label}: {value}, look at the cases counted',
  'overview.rest': '{kinds} more kinds are not listed, {value} together.',
  'overview.more': 'The chart shows the first {n}; the table has all.',
  'overview.participants': 'Cases that you see only because you take part in them are not counted.',
};
