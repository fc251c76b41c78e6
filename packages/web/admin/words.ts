/** Owns that the words of the administrators' pages are there before a page of theirs says anything: every page imports it. */
import { learn } from '../kit/language.tsx';
import { administrationEn } from '../messages/administration.en-US.ts';
import { administrationZh } from '../messages/administration.zh-CN.ts';

learn({ 'zh-CN': administrationZh, 'en-US': administrationEn });
