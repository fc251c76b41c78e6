/** Owns what everything about doors needs before it says or asks anything: words and routes. */
import { DOOR_ROUTES } from '@ganwei/core/contract/doors';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { doorEn } from '../messages/door.en-US.ts';
import { doorZh } from '../messages/door.zh-CN.ts';

learn({ 'zh-CN': doorZh, 'en-US': doorEn });
learnRoutes(DOOR_ROUTES);
