/**
 * Owns translations: when the content speaks English at all, everything people read of an application has its English, under the text as it
 * is written; no English is left over, none is missing a hole, none is Chinese, and one text has one English. All are warnings.
 */
import { folderOf, textsOf } from '../texts.ts';
import { isChinese, mouldOf, type Translation } from '../translation.ts';
import { checkOf, type Subject } from './check.ts';

export const translations = checkOf('translations', 'translation', (subject) => {
  lookAt(subject);
  const [first] = subject.release.keys('translation');
  if (subject.definition.key === first) lookForOthers(subject);
});

/** Applications without a translation, where others have one; told once. */
function lookForOthers({ release, report }: Subject<Translation>): void {
  const keys = release.keys('translation');
  for (const app of release.keys('application').filter((key) => !keys.includes(key))) {
    const texts = release.definitions.filter((one) => folderOf(one) === app).flatMap((one) => textsOf(release, one));
    const message = '没有英文译文（en-US.json），英文页面上仍是中文';
    if (texts.length > 0) report({ severity: 'warning', element: app, message });
  }
}

function lookAt({ release, definition, value, report }: Subject<Translation>): void {
  const warn = (element: string, message: string) => report({ severity: 'warning', element, message });
  const own = release.definitions.filter((one) => folderOf(one) === definition.key);
  const wanted = new Set(own.flatMap((one) => textsOf(release, one)));
  const all = release.keys('translation').flatMap((key) => release.compiled('translation', key) ?? []);

  const missing = [...wanted].filter((text) => !all.some(({ texts }) => Object.hasOwn(texts, text)));
  if (missing.length > 0) warn('texts', `${missing.length} 处没有译文：${named(missing)}`);

  const sources = own.filter(({ kind }) => kind !== 'translation' && kind !== 'story').map(({ source }) => source);
  for (const [chinese, english] of Object.entries(value.texts)) {
    const place = short(chinese);
    if (!wanted.has(chinese) && !isWritten(chinese, sources)) warn(place, '没有地方用到这条译文，请核对原文');
    if (isChinese(english)) warn(place, '译文中还有中文');
    const [holes, filled] = [chinese, english].map((text) => [...new Set(mouldOf(text).holes)].sort().join(' '));
    if (holes !== filled) warn(place, `译文的占位应与原文一致：${holes || '没有占位'}`);
    for (const other of all) {
      const said = Object.hasOwn(other.texts, chinese) ? other.texts[chinese] : undefined;
      if (said !== undefined && said !== english) warn(place, `「${other.translation}」译作「${said}」，应当一致`);
    }
  }
}

/** A text that an expression puts together: do the words of its fixed parts stand in one of the files? */
function isWritten(text: string, sources: readonly string[]): boolean {
  const words = mouldOf(text).fixed.flatMap((part) => part.match(/\p{Script=Han}+/gu) ?? []);
  return sources.some((source) => words.every((word) => source.includes(word)));
}

const named = (texts: readonly string[]): string =>
  texts
    .slice(0, 5)
    .map((text) => `「${short(text)}」`)
    .join('') + (texts.length > 5 ? '……' : '');

const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text);
