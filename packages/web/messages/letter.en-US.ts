/** Owns the English words about letters; the keys are those of letter.zh-CN.ts. */
import type { LetterKey } from './letter.zh-CN.ts';

export const letterEn: Readonly<Record<LetterKey, string>> = {
  'letters.title': 'Letters',
  'letters.pages': '{n} pages',
  'letters.signed': '{done}/{all} signed for',
  'letters.void': 'Void',
  'letters.preview': 'Preview of {title}',
  'letters.noFile': 'This letter has no pages to show.',
  'letters.about': 'About the letter',
  'letters.number': 'Number',
  'letters.organ': 'Issued by',
  'letters.issued': 'Signed by',
  'letters.count': 'Length',
  'letters.case': 'Case',
  'letters.hash': 'Hash',
  'letters.fonts': 'Missing fonts were replaced: {fonts}',
  'letters.receipts': 'Receipts',
  'letters.noReceipts': 'This letter has no recipients.',
  'letters.receiver': 'Recipient',
  'letters.sent': 'Sent',
  'letters.signedAt': 'Signed for',
  'letters.unsigned': 'not yet',
  'letters.undelivered': 'not delivered',
  'letters.to': 'to',
  'letters.copy': 'copy',
};
