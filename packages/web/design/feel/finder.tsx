/** Owns the choice of people or units of the directory by a part of the name, beside what else may be chosen. Rules: [DES42] [DES72]. */
import { Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Choice } from '../check/told.ts';
import { type Finds, usePhrasing } from './phrasing.ts';

interface FinderProps {
  id?: string;
  label?: string;
  /** offered before what is found: values of the case */
  beside?: readonly Choice[];
  values: readonly string[];
  several?: boolean;
  /** something is always chosen */
  needed?: boolean;
  find: Finds;
  set(values: readonly string[]): void;
}

export function Finder({ id, label, beside = [], values, several = false, needed = false, find, set }: FinderProps) {
  const { readOnly } = usePhrasing();
  const { say } = useSpeech();
  const [found, setFound] = useState<readonly Choice[]>([]);
  const [chosen, setChosen] = useState<readonly Choice[]>([]);
  const known = distinct([...beside, ...chosen, ...found]);
  const nameless = values.filter((value) => !known.some((one) => one.value === value)).join(',');
  useEffect(() => {
    if (nameless !== '') void named(find, nameless).then((more) => setChosen((all) => [...all, ...more]));
  }, [find, nameless]);
  const ask = (q: string) => void find(q).then(setFound, () => setFound([]));
  const take = (next: readonly string[]) => {
    setChosen(known.filter(({ value }) => next.includes(value)));
    set(next);
  };
  const [first] = values;
  const shared = {
    ...(id !== undefined && { id }),
    className: 'flow-select',
    size: 'small' as const,
    disabled: readOnly,
    'aria-label': label,
    placeholder: say('flow.findSomeone'),
    options: [...known],
    // What is offered beside is filtered here, what is found was filtered by the server.
    showSearch: { filterOption: matches(beside), onSearch: ask },
    onOpenChange: (open: boolean) => open && ask(''),
    popupMatchSelectWidth: false,
  };
  if (several) return <Select<string[]> {...shared} mode="multiple" value={[...values]} onChange={take} />;
  return (
    <Select<string | null>
      {...shared}
      allowClear={!needed}
      value={first ?? null}
      onChange={(next) => take(next ? [next] : [])}
    />
  );
}

/** Those who cannot be asked for now are shown by their ids. */
const named = (find: Finds, ids: string): Promise<readonly Choice[]> => find('', ids.split(',')).catch(() => []);

const distinct = (choices: readonly Choice[]): Choice[] => [
  ...new Map(choices.map((one) => [one.value, one])).values(),
];

const matches =
  (beside: readonly Choice[]) =>
  (q: string, option?: { value?: string | number | null; label?: ReactNode }): boolean =>
    !beside.some(({ value }) => value === option?.value) || String(option?.label).includes(q);
