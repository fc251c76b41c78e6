/** Owns the names of a change: a definition is chosen, its names are listed, and of one of them is shown where it is used. Rules: [REN6] [REN10]-[REN13]. */
import type { Kind } from '@ganwei/release/definition';
import { idOf, type Named } from '@ganwei/release/paths';
import { Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useLoad } from '../../../api/load.ts';
import { useSpeech } from '../../../kit/language.tsx';
import { navigate } from '../../../kit/router.tsx';
import { Empty, Loading } from '../../../kit/states.tsx';
import { type Change, may } from '../change.ts';
import { namesAddress } from '../names.ts';
import { Renames } from './renames.tsx';
import { type NameRow, Uses } from './uses.tsx';
import './names.css';

interface NamesProps {
  change: Change;
  query: URLSearchParams;
  reload(): void;
}

/** The definition and the name that the address says. */
function askedIn(query: URLSearchParams): { named: Named | undefined; name: string } {
  const [kind, key] = [query.get('kind'), query.get('key')];
  const named = kind && key ? { kind: kind as Kind, app: query.get('app') ?? '', key } : undefined;
  return { named, name: query.get('name') ?? '' };
}

export function Names({ change, query, reload }: NamesProps) {
  const { say } = useSpeech();
  const { named, name } = askedIn(query);
  const renames = useLoad('renames', { params: { id: change.id } });
  const changed = () => {
    renames.reload();
    reload();
  };
  return (
    <div className="card-body stack">
      <p className="dim name-note">{say('names.note')}</p>
      <Renames
        change={change.id}
        rows={renames.data?.rows ?? []}
        drafting={may(change, 'draft')}
        onUndone={() => {
          changed();
          if (named) navigate(namesAddress(change.id, named));
        }}
      />
      <Choose change={change} named={named} />
      {named ? (
        <NamesOf
          key={`${idOf(named)} ${change.changedAt}`}
          change={change}
          named={named}
          name={name}
          onChanged={changed}
        />
      ) : (
        <Empty title={say('names.none')}>{say('names.noneHint')}</Empty>
      )}
    </div>
  );
}

function Choose({ change, named }: { change: Change; named: Named | undefined }) {
  const { say } = useSpeech();
  const id = useId();
  const design = useLoad('design', {});
  return (
    <Loading of={design} rows={1}>
      {({ applications }) => {
        const there = applications.flatMap(({ definitions }) => definitions);
        const fresh = change.drafts.filter(({ what }) => what === 'added');
        const find = (chosen: string) => [...there, ...fresh].find((one) => idOf(one) === chosen);
        const label = ({ kind, title }: { kind: Kind; title: string }) =>
          `${say(`definition.kind.${kind}`)} · ${title}`;
        return (
          <div className="field name-choose">
            <label htmlFor={id}>{say('names.choose')}</label>
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={named ? idOf(named) : null}
              onChange={(value: string) => {
                const chosen = find(value);
                if (chosen) navigate(namesAddress(change.id, chosen));
              }}
              options={[
                ...(fresh.length > 0
                  ? [
                      {
                        label: say('change.what.added'),
                        options: fresh.map((one) => ({ value: idOf(one), label: label(one) })),
                      },
                    ]
                  : []),
                ...applications.map(({ name, definitions }) => ({
                  label: name || say('design.shared'),
                  options: definitions.map((one) => ({ value: idOf(one), label: label(one) })),
                })),
              ]}
            />
          </div>
        );
      }}
    </Loading>
  );
}

interface NamesOfProps {
  change: Change;
  named: Named;
  name: string;
  onChanged(): void;
}

function NamesOf({ change, named, name, onChanged }: NamesOfProps) {
  const { say } = useSpeech();
  const { kind, app, key } = named;
  const names = useLoad('names', { params: { id: change.id }, query: { kind, app, key } }, { fresh: true });
  const [words, setWords] = useState('');
  const called = ({ thing, label }: NameRow): string =>
    label || (thing.kind === 'definition' ? say('names.of.definition') : thing.key);
  return (
    <Loading of={names}>
      {({ rows }) => {
        const chosen =
          rows.find(({ thing }) => idOfName(thing) === name) ?? rows.find(({ thing }) => thing.key === name);
        const shown = rows.filter((row) => words === '' || `${called(row)} ${row.thing.key}`.includes(words));
        return (
          <div className="names">
            <div>
              <Input
                allowClear
                aria-label={say('names.find')}
                placeholder={say('names.find')}
                value={words}
                onChange={({ target }) => setWords(target.value.trim())}
              />
              <ul className="name-rows">
                {shown.map((row) => (
                  <li key={idOfName(row.thing)}>
                    <button
                      type="button"
                      aria-current={row === chosen ? 'true' : undefined}
                      onClick={() => navigate(namesAddress(change.id, named, idOfName(row.thing)))}
                    >
                      <span>{called(row)}</span>
                      <code>{row.thing.key}</code>
                      {row.thing.kind !== 'definition' && (
                        <small>
                          {say(`names.of.${row.thing.kind}`)}
                          {row.thing.kind !== 'word' && row.within && ` · ${say('names.within', { name: row.within })}`}
                        </small>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
            {chosen ? (
              <Uses
                key={idOfName(chosen.thing)}
                change={change}
                row={chosen}
                called={called(chosen)}
                onChanged={(next) => {
                  navigate(namesAddress(change.id, named, next));
                  onChanged();
                }}
              />
            ) : (
              <Empty title={say('names.uses')}>{say('names.unchosen')}</Empty>
            )}
          </div>
        );
      }}
    </Loading>
  );
}

/** One text for one name of a definition. */
function idOfName(thing: NameRow['thing']): string {
  if (thing.kind === 'field') return `field ${thing.path}`;
  if (thing.kind === 'outcome') return `outcome ${thing.step} ${thing.key}`;
  return thing.kind === 'word' ? `word ${thing.list} ${thing.key}` : `${thing.kind} ${thing.key}`;
}
