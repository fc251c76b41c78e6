/** Owns that the words of the dialogs are learnt when one of them is opened. */
import { learn } from '../kit/language.tsx';
import { dialogEn } from '../messages/dialog.en-US.ts';
import { dialogZh } from '../messages/dialog.zh-CN.ts';

learn({ 'zh-CN': dialogZh, 'en-US': dialogEn });
