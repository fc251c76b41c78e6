/** Owns that the words about starting are learnt when a page that says them is loaded. */
import { learn } from '../kit/language.tsx';
import { startEn } from '../messages/start.en-US.ts';
import { startZh } from '../messages/start.zh-CN.ts';

learn({ 'zh-CN': startZh, 'en-US': startEn });
