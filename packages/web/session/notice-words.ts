/** Owns what everything about messages needs before it says or asks anything: words and routes. */
import { MESSAGE_ROUTES } from '@ganwei/core/contract/messages';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { noticeEn } from '../messages/notice.en-US.ts';
import { noticeZh } from '../messages/notice.zh-CN.ts';

learn({ 'zh-CN': noticeZh, 'en-US': noticeEn });
learnRoutes(MESSAGE_ROUTES);
