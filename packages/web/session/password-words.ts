/** Owns the words of the page of the password being there before it says one. */
import { learn } from '../kit/language.tsx';
import { passwordEn } from '../messages/password.en-US.ts';
import { passwordZh } from '../messages/password.zh-CN.ts';

learn({ 'zh-CN': passwordZh, 'en-US': passwordEn });
