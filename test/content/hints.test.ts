/**
 * Rule [CON62]: every hint that the check gives about the shipped content has a reason; a hint that is mended loses its line here.
 * The reasons are for the administrator who asks why the hint is still there, so they are in Chinese.
 */
import { checkRelease } from '@ganwei/release/check';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { content } from './desk.ts';

const OTHER_SYSTEM = '由责任追究程序接收，它在本平台之外；未送达如实记入办理记录，由承办人线下衔接';
const SOURCE = '由提出整改要求的流程（约谈、督查、提醒）接收；容错决定引起的整改没有这样的接收方，结果随调用返回';
const SWITCHED_OFF = '「其他情形」须经领导小组批准才启用；启用字典项即生效，规则预先写好';

/** rule and element -> why the content is right all the same */
const REASONS: Readonly<Record<string, string>> = {
  'form-rules tolerance-application situationOther': SWITCHED_OFF,
  'form-rules tolerance-ex-officio situationOther': SWITCHED_OFF,
  'decision-cells approval-level approval-level-6': SWITCHED_OFF,
  'messages rectification tellFalse': SOURCE,
  'messages tolerance notifyAccountability': OTHER_SYSTEM,
  'messages tolerance tellDecided': OTHER_SYSTEM,
  'records rectification recordFalse': '登记簿供名单管理和考核查询；件本身在整改销号台账里，状态「虚假整改」',
  'records decision-review effects': '登记簿供考核、巡察、任用时查询；复查决定书在文书登记簿里',
  'records review-appeal effects': '登记簿供考核、巡察、任用时查询；复核决定书在文书登记簿里',
  'records tolerance effects': '登记簿供考核、巡察、任用时查询；件本身在容错台账里，结论和影响期都在',
  'endless-calls tolerance tolerance':
    '分案只把省管干部另立一件，逐人认定只把多出的对象各立一件，另立的件里都不再有可分的',
};

test('[CON62] every hint about the shipped content has a reason, and every reason a hint', async () => {
  const workshop = openWorkshop(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, BUILT_IN_SERVICES);
  const findings = checkRelease(await openRelease(content(), workshop));
  const key = (file: string) => file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
  const hints = findings.map(({ rule, file, element }) => `${rule} ${key(file)} ${element}`);
  expect([...new Set(hints)].sort()).toEqual(Object.keys(REASONS).sort());
});
