/** Owns the English words of the page of the password. */
import type { PasswordKey } from './password.zh-CN.ts';

export const passwordEn: Record<PasswordKey, string> = {
  'password.title': 'Change password',
  'password.due':
    'This is your first sign-in: change the password first. At least 10 characters with letters and digits.',
  'password.rule': 'At least 10 characters with letters and digits, different from the old one.',
  'password.old': 'Old password',
  'password.new': 'New password',
  'password.again': 'New password again',
  'password.submit': 'Change password',
  'password.weak': 'At least 10 characters with letters and digits, different from the old one.',
  'password.differs': 'The two new passwords differ; enter them again.',
  'password.done': 'Password changed.',
};
