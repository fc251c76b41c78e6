/** Owns that the words of the letter designer are there before it says anything; its problems speak as those of flows. */
import { learn } from '../../kit/language.tsx';
import { letterDesignEn } from '../../messages/letter-design.en-US.ts';
import { letterDesignZh } from '../../messages/letter-design.zh-CN.ts';
import '../flow/words.ts';

learn({ 'zh-CN': letterDesignZh, 'en-US': letterDesignEn });
