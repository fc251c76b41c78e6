/** Owns the words of the drawing being there before it says one. */
import { learn } from '../kit/language.tsx';
import { diagramEn } from '../messages/diagram.en-US.ts';
import { diagramZh } from '../messages/diagram.zh-CN.ts';

learn({ 'zh-CN': diagramZh, 'en-US': diagramEn });
