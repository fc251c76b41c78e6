/** Owns that the words of the page of a letter are there before it says anything: it imports this. */
import { learn } from '../kit/language.tsx';
import { letterEn } from '../messages/letter.en-US.ts';
import { letterZh } from '../messages/letter.zh-CN.ts';

learn({ 'zh-CN': letterZh, 'en-US': letterEn });
