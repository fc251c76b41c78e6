/** Owns choosing people in dialogs: what is typed is asked of the server, namesakes are told apart by unit and post; who may not be chosen says why. */
import { Select } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { searchPersons } from '../api/sources.ts';
import type { Choice } from '../binding/sources.ts';
import { useSpeech } from '../kit/language.tsx';

export interface PeopleChooserProps {
  label: string;
  several?: boolean;
  value: readonly string[];
  onChange(ids: readonly string[]): void;
  /** whom to offer; default: everybody with a post */
  find?(query: string): Promise<readonly Offered[]>;
}

/** `barred`: why he may not be chosen */
interface Offered extends Choice {
  barred?: string;
}

/** Milliseconds of silence before a question is asked. */
const PAUSE = 250;

export function PeopleChooser({ label, several = false, value, onChange, find = searchPersons }: PeopleChooserProps) {
  const { say } = useSpeech();
  const id = useId();
  const [found, setFound] = useState<readonly Offered[]>([]);
  const latest = useRef(0);
  // typing opens the list, too: what has been typed is asked then, not everybody
  const typed = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (query: string) => {
    typed.current = query;
    const mine = ++latest.current;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      find(query.trim()).then(
        (people) => mine === latest.current && setFound(people),
        () => mine === latest.current && setFound([]),
      );
    }, PAUSE);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select<string | string[]>
        id={id}
        className="wide"
        {...(several && { mode: 'multiple' as const })}
        showSearch={{ filterOption: false, onSearch: ask }}
        allowClear
        getPopupContainer={(node) => node.parentElement ?? document.body}
        placeholder={say('people.hint')}
        notFoundContent={say('people.none')}
        {...((several || value.length > 0) && { value: several ? [...value] : value[0] })}
        onOpenChange={(open) => {
          if (open) ask(typed.current);
          else typed.current = '';
        }}
        onChange={(next) => onChange(next === undefined ? [] : Array.isArray(next) ? next : [next])}
        options={found.map(({ id: person, name, detail, barred }) => ({
          value: person,
          label: `${detail ? `${name}（${detail}）` : name}${barred ? ` · ${barred}` : ''}`,
          disabled: Boolean(barred),
        }))}
      />
    </div>
  );
}
