/** Owns that the words of the form designer are there before it says anything; its conditions speak as those of flows. */
import { learn } from '../../kit/language.tsx';
import { formDesignEn } from '../../messages/form-design.en-US.ts';
import { formDesignZh } from '../../messages/form-design.zh-CN.ts';
import '../flow/words.ts';

learn({ 'zh-CN': formDesignZh, 'en-US': formDesignEn });
