/**
 * Owns the controls that choose people, units and cases: what is typed is asked of the sources, names are remembered by the
 * page. Only ids become values. Late answers to earlier questions are dropped.
 */
import { observer } from '@formily/react';
import { Select } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { type ControlProps, control, useNames } from './control.tsx';
import { nameKey, type Page } from './page.ts';
import type { Choice, NameKind } from './sources.ts';
import { say } from './texts.ts';

/** Loaded when a list of people is opened. */
const UnitPath = lazy(() => import('./unit-path.tsx'));

type Search = (
  page: Page,
  query: string,
  props: Readonly<Record<string, unknown>>,
  field: ControlProps<unknown>['field'],
  unit: string,
) => Promise<readonly Choice[]>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const Person = control<unknown>((shared) => (
  <Chooser
    {...shared}
    kind="person"
    search={({ sources }, query, { filter }, { path, rules }, unit) =>
      sources.searchPersons(query, text(filter) ?? (unit || undefined), rules.options && path)
    }
  />
));

export const Unit = control<unknown>((shared) => (
  <Chooser
    {...shared}
    kind="unit"
    search={({ sources }, query, { filter }) => sources.searchUnits(query, text(filter))}
  />
));

export const CaseRef = control<unknown>((shared) => (
  <Chooser
    {...shared}
    kind="reference"
    search={({ sources }, query, { process, filter }) => sources.searchCases(text(process) ?? '', query, text(filter))}
  />
));

/** Pixels of a list of people with its units; a column of a table may be narrower. */
const POPUP = 340;

/** Milliseconds of silence before a question is asked. */
const PAUSE = 250;

interface ChooserProps extends ControlProps<unknown> {
  kind: NameKind;
  search: Search;
}

/** Watches the names the page learns. */
const Chooser = observer(({ kind, search, ...shared }: ChooserProps) => {
  const { value, onChange, onFocus, onBlur, aria, invalid, field, page, props } = shared;
  const several = field.schema.type === 'array';
  // [PAGE53] people of this unit; '' : of all
  const unit = useRef('');
  const { found, state, ask } = useSearch(page, kind, (at, query) => search(at, query, props, field, unit.current));
  // typing also opens the list: opening must not forget what has been typed
  const typed = useRef('');
  const type = (query: string) => {
    typed.current = query;
    ask(query);
  };
  const open = (now: boolean) => {
    if (now) ask(typed.current);
    else typed.current = '';
  };
  useNames(page, field, value);
  const chosen = (Array.isArray(value) ? value : [value]).filter(
    (id): id is string => typeof id === 'string' && id !== '',
  );
  const named = chosen.map((id) => ({ value: id, label: page.state.names[nameKey(kind, id)] ?? id }));
  const change = (next: unknown) => onChange(Array.isArray(next) && next.length === 0 ? undefined : next);
  return (
    <Select<unknown>
      {...aria}
      {...(invalid && { status: 'error' as const })}
      {...(several && { mode: 'multiple' as const })}
      className="gw-full"
      allowClear
      showSearch={{ filterOption: false, onSearch: type }}
      value={several ? chosen : chosen[0]}
      onChange={change}
      onFocus={onFocus}
      onBlur={onBlur}
      onOpenChange={open}
      options={[
        ...found.map(({ id, name, detail }) => ({ value: id, label: name, detail })),
        ...named.filter((one) => !found.some(({ id }) => id === one.value)),
      ]}
      optionRender={({ data }) => <OptionLine label={String(data.label)} detail={data.detail} />}
      placeholder={text(props.placeholder) ?? say(page.language, 'search')}
      notFoundContent={say(page.language, state)}
      {...(kind === 'person' && { popupMatchSelectWidth: POPUP })}
      popupRender={(list) =>
        kind === 'person' && !text(props.filter) ? (
          <>
            <Suspense>
              <UnitPath
                page={page}
                onChoose={(id) => {
                  unit.current = id;
                  ask(typed.current);
                }}
              />
            </Suspense>
            {list}
          </>
        ) : (
          list
        )
      }
    />
  );
});

function OptionLine({ label, detail }: { label: string; detail?: string | undefined }) {
  return (
    <span>
      {label}
      {detail && <span className="gw-detail">{detail}</span>}
    </span>
  );
}

function useSearch(page: Page, kind: NameKind, search: (page: Page, query: string) => Promise<readonly Choice[]>) {
  const [found, setFound] = useState<readonly Choice[]>([]);
  const [state, setState] = useState<'searching' | 'nothing' | 'failed'>('nothing');
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (query: string) => {
    const mine = ++latest.current;
    setState('searching');
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => {
        search(page, query.trim()).then(
          (choices) => {
            if (mine !== latest.current) return;
            for (const { id, name } of choices) page.state.names[nameKey(kind, id)] = name;
            setFound(choices);
            setState('nothing');
          },
          () => mine === latest.current && setState('failed'),
        );
      },
      query === '' ? 0 : PAUSE,
    );
  };
  return { found, state, ask };
}
