/** Owns that the words of trust.zh-CN.ts are there before a dialog or a page of theirs says anything: each imports it. */
import { trustEn } from '../messages/trust.en-US.ts';
import { trustZh } from '../messages/trust.zh-CN.ts';
import { learn } from './language.tsx';

learn({ 'zh-CN': trustZh, 'en-US': trustEn });
