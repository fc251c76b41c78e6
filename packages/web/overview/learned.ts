/** Owns what the pages of overviews need before one of them says or asks anything: their words and routes. Every page imports it. */
import { OVERVIEW_ROUTES } from '@ganwei/core/contract/overviews';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { overviewEn } from '../messages/overview.en-US.ts';
import { overviewZh } from '../messages/overview.zh-CN.ts';

learn({ 'zh-CN': overviewZh, 'en-US': overviewEn });
learnRoutes(OVERVIEW_ROUTES);
