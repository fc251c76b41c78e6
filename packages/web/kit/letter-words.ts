/** Owns that the words about letters are there before their page or a list of them says anything: each imports it. */
import { letterEn } from '../messages/letter.en-US.ts';
import { letterZh } from '../messages/letter.zh-CN.ts';
import { learn } from './language.tsx';

learn({ 'zh-CN': letterZh, 'en-US': letterEn });
