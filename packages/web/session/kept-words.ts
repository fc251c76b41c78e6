/** Owns that the words about two states of a draft are learnt when a page that says them is loaded. */
import { learn } from '../kit/language.tsx';
import { keptEn } from '../messages/kept.en-US.ts';
import { keptZh } from '../messages/kept.zh-CN.ts';

learn({ 'zh-CN': keptZh, 'en-US': keptEn });
