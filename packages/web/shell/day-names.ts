/** Owns the names of days and months in date pickers; loaded after the page stands, because no page begins with a picker. */
import type { Language } from '@ganwei/form/model';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

export const speakDays = (language: Language): void => void dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
