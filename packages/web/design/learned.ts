/** Owns what the pages of the design centre need before one of them says or asks anything: their words and routes. Every page imports it. */
import { CHANGE_ROUTES } from '@ganwei/core/contract/changes';
import { DEFINITION_ROUTES } from '@ganwei/core/contract/definitions';
import { DESIGNING_ROUTES } from '@ganwei/core/contract/designing';
import { IMPACT_ROUTES } from '@ganwei/core/contract/impact';
import { NAME_ROUTES } from '@ganwei/core/contract/names';
import { PLAY_ROUTES } from '@ganwei/core/contract/play';
import { RERECORD_ROUTES } from '@ganwei/core/contract/rerecord';
import { RUNNING_ROUTES } from '@ganwei/core/contract/running';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { changeEn } from '../messages/change.en-US.ts';
import { changeZh } from '../messages/change.zh-CN.ts';
import { impactEn } from '../messages/impact.en-US.ts';
import { impactZh } from '../messages/impact.zh-CN.ts';
import { namesEn } from '../messages/names.en-US.ts';
import { namesZh } from '../messages/names.zh-CN.ts';
import { playEn } from '../messages/play.en-US.ts';
import { playZh } from '../messages/play.zh-CN.ts';

learn({
  'zh-CN': { ...changeZh, ...impactZh, ...namesZh, ...playZh },
  'en-US': { ...changeEn, ...impactEn, ...namesEn, ...playEn },
});
learnRoutes({
  ...DEFINITION_ROUTES,
  ...CHANGE_ROUTES,
  ...DESIGNING_ROUTES,
  ...NAME_ROUTES,
  ...IMPACT_ROUTES,
  ...PLAY_ROUTES,
  ...RERECORD_ROUTES,
  ...RUNNING_ROUTES,
});
