/**
 * Owns the designer of a letter: its settings, its text and its sample pages side by side, problems below. The template stays the one truth: every edit is
 * one of its text (packages/letter/edit.ts). Rules: [LTD1] [LTD3] [LTD4] [LTD10].
 */
import './words.ts';
import '../flow/flow.css';
import './letter.css';
import { localDate } from '@ganwei/calendar/zone';
import { bodyLine, bodyOf, settingsIn, withBody } from '@ganwei/letter/edit';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../kit/language.tsx';
import { usePerson, useSession } from '../../session/session.tsx';
import type { Definition, Found, LetterNames, MadeFor, Told } from '../check/told.ts';
import { type Check, useCheck } from '../check/use-check.ts';
import { Problems } from '../flow/problems.tsx';
import { Body } from './body.tsx';
import { Pages } from './pages.tsx';
import { Settings } from './settings.tsx';

export interface LetterEditorProps {
  /** id of the change */
  change: string;
  /** the letter as the change has it */
  own: Definition;
  /** everything that would be in force, the letter among it */
  definitions: readonly Definition[];
  /** what definitions may use of the server */
  told: Told;
  readOnly?: boolean;
  /** the text after an edit */
  onChange(source: string): void;
}

export default function LetterEditor({
  change,
  own,
  definitions,
  told,
  readOnly = false,
  onChange,
}: LetterEditorProps) {
  const { say } = useSpeech();
  const check = useCheck({ definitions, told, app: own.app ?? '' });
  const { source } = own;
  const app = own.app ?? '';
  const names = useNames(check, own.key);
  const settings = settingsIn(source);
  const findings = (check.found?.findings ?? []).filter(({ file }) => file === own.file);
  const edit = (text: string) => {
    if (text === source) return;
    check.edit({ ...own, source: text });
    onChange(text);
  };
  const frame = useRef<HTMLDivElement>(null);
  const title = String(settings?.get('name') ?? own.key);
  const named = useMemo(() => ({ app, key: own.key }), [app, own.key]);
  return (
    <div className="ld-editor" ref={frame}>
      {settings ? (
        <Settings source={source} readOnly={readOnly} edit={edit} />
      ) : (
        <p className="note note-error ld-settings">
          {say('letterDesign.unreadable', { reason: findings[0]?.message ?? say('letterDesign.noHead') })}
        </p>
      )}
      <Body
        text={bodyOf(source)}
        fields={names?.names ?? []}
        readOnly={readOnly || !settings}
        edit={(text) => edit(withBody(source, text))}
      />
      {readOnly ? (
        <p className="dim ld-pages">{say('letterDesign.locked')}</p>
      ) : (
        <Pages {...{ change, named, title, source }} data={names?.data} />
      )}
      <Problems
        findings={findings}
        elsewhere={
          check.found && !check.found.unread.includes(own.file) ? check.found.findings.length - findings.length : 0
        }
        busy={check.busy}
        failed={check.failed}
        nameOf={(element) => (lineOf(element) === undefined ? say('letterDesign.whole') : element)}
        mendOf={() => undefined}
        show={(finding) => showLine(frame.current, source, finding)}
        mend={() => undefined}
      />
    </div>
  );
}

/** What the letter may use and made-up values for it, asked anew when a check has ended; the same object as long as it says the same. */
function useNames(check: Check, letter: string): LetterNames | undefined {
  const person = usePerson();
  const { now } = useSession();
  const [names, setNames] = useState<LetterNames>();
  const [unit, setUnit] = useState<string>();
  useEffect(() => {
    api.units({ query: { q: '' } }).then(
      ([first]) => setUnit(first?.id ?? ''),
      () => setUnit(''),
    );
  }, []);
  const { found } = check;
  const clock = useRef(now);
  clock.current = now;
  useEffect(() => {
    if (!found || unit === undefined) return;
    const today = localDate(clock.current());
    const made: MadeFor = { person: person.id, unit, today };
    void check
      .letter({ letter, made })
      .then((next) => setNames((last) => (JSON.stringify(last) === JSON.stringify(next) ? last : next)));
  }, [found, unit, letter, person.id, check.letter]);
  return names;
}

const lineOf = (element: string): number | undefined => {
  const [, line] = /^第 (\d+) 行$/.exec(element) ?? [];
  return line === undefined ? undefined : Number(line);
};

/** The line of the text is selected; of a setting there is nothing to select but its control, which says its own name. */
function showLine(frame: HTMLElement | null, source: string, { element }: Found): void {
  const area = frame?.querySelector<HTMLTextAreaElement>('textarea.ld-text');
  const line = (lineOf(element) ?? 0) - bodyLine(source);
  if (!area || line < 0) return;
  const lines = area.value.split('\n');
  const from = lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line]?.length ?? 0));
}
