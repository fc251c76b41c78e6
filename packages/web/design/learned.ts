/** Owns what the pages of the design centre need before one of them says or asks anything: their words and routes. Every page imports it. */
import { CHANGE_ROUTES } from '@ganwei/core/contract/changes';
import { DEFINITION_ROUTES } from '@ganwei/core/contract/definitions';
import { IMPACT_ROUTES } from '@ganwei/core/contract/impact';
import { PLAY_ROUTES } from '@ganwei/core/contract/play';
import { RUNNING_ROUTES } from '@ganwei/core/contract/running';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { changeEn } from '../messages/change.en-US.ts';
import { changeZh } from '../messages/change.zh-CN.ts';
import { impactEn } from '../messages/impact.en-US.ts';
import { impactZh } from '../messages/impact.zh-CN.ts';
import { playEn } from '../messages/play.en-US.ts';
import { playZh } from '../messages/play.zh-CN.ts';

learn({ 'zh-CN': { ...changeZh, ...impactZh, ...playZh }, 'en-US': { ...changeEn, ...impactEn, ...playEn } });
learnRoutes({ ...DEFINITION_ROUTES, ...CHANGE_ROUTES, ...IMPACT_ROUTES, ...PLAY_ROUTES, ...RUNNING_ROUTES });
