/** Owns the choice of the language; each language is named in its own words. */
import { useSpeech } from './language.tsx';

const LANGUAGES = [
  ['zh-CN', '中文'],
  ['en-US', 'English'],
] as const;

export function LanguageSwitch() {
  const { language, choose, say } = useSpeech();
  return (
    <fieldset className="switch">
      <legend className="unseen">{say('app.language')}</legend>
      {LANGUAGES.map(([key, name]) => (
        <button key={key} type="button" lang={key} aria-pressed={key === language} onClick={() => choose(key)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
