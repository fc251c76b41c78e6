/** Owns that the words of the editor of flows are there before it says anything. */
import { learn } from '../../kit/language.tsx';
import { flowEn } from '../../messages/flow.en-US.ts';
import { flowZh } from '../../messages/flow.zh-CN.ts';

learn({ 'zh-CN': flowZh, 'en-US': flowEn });
