/** Owns the words of the page of a case, and of the affair it belongs to, being there before one of them is said. */
import { learn } from '../kit/language.tsx';
import { caseEn } from '../messages/case.en-US.ts';
import { caseZh } from '../messages/case.zh-CN.ts';

learn({ 'zh-CN': caseZh, 'en-US': caseEn });
