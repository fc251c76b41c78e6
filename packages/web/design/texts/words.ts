/** Owns that the words of the editors of tables, calendars and dictionaries are there before they say anything. */
import { learn } from '../../kit/language.tsx';
import { contentEn } from '../../messages/content.en-US.ts';
import { contentZh } from '../../messages/content.zh-CN.ts';
import '../flow/words.ts';

learn({ 'zh-CN': contentZh, 'en-US': contentEn });
