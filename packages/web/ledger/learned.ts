/** Owns what the pages of ledgers need before one of them says or asks anything: their words and routes. Every page imports it. */
import { LEDGER_ROUTES } from '@ganwei/core/contract/ledgers';
import { learnRoutes } from '../api/client.ts';
import { learn } from '../kit/language.tsx';
import { ledgerEn } from '../messages/ledger.en-US.ts';
import { ledgerZh } from '../messages/ledger.zh-CN.ts';

learn({ 'zh-CN': ledgerZh, 'en-US': ledgerEn });
learnRoutes(LEDGER_ROUTES);
