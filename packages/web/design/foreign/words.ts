/** Owns that the words of the import of flows are there before it says anything. */
import { learn } from '../../kit/language.tsx';
import { foreignEn } from '../../messages/foreign.en-US.ts';
import { foreignZh } from '../../messages/foreign.zh-CN.ts';

learn({ 'zh-CN': foreignZh, 'en-US': foreignEn });
