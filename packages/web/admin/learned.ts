/** Owns what the administrators' pages need before one of them says or asks anything: their words and routes. Every page imports it. */
import { ADMINISTRATION_ROUTES } from '@ganwei/core/contract/administration';
import { HOLDING_ROUTES } from '@ganwei/core/contract/holdings';
import { INCIDENT_ROUTES } from '@ganwei/core/contract/incidents';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { administrationEn } from '../messages/administration.en-US.ts';
import { administrationZh } from '../messages/administration.zh-CN.ts';

learn({ 'zh-CN': administrationZh, 'en-US': administrationEn });
learnRoutes({ ...ADMINISTRATION_ROUTES, ...HOLDING_ROUTES, ...INCIDENT_ROUTES });
