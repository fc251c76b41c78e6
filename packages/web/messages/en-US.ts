/** Owns the English words of the pages; the keys are those of zh-CN.ts. */
import { type Messages, zhCN } from './zh-CN.ts';

export const enUS: Messages = zhCN;
