/**
 * Owns who acts as sentences to choose from: who started, who did a step, the head of a unit, a role in a unit, a person in a field; tried one after the other.
 * What sentences cannot say is shown as an expression. Rule: [DES41].
 */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { nameOf } from '@ganwei/process/lint/tree';
import { Button } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import type { Choice } from '../../check/told.ts';
import { Chooser, Formula } from '../../feel/basic.tsx';
import { peopleIn, peopleText, type Way, WHERES, type Where } from '../../feel/people.ts';
import { type ControlProps, useEditing, useNames } from '../editing.ts';
import { stepsOf } from './choices.ts';
import { Today } from './today.tsx';

export function PeopleField(props: ControlProps) {
  return (
    <>
      <Ways {...props} />
      <Today source={props.value} />
    </>
  );
}

function Ways({ id, value, set, placeholder }: ControlProps) {
  const { offered, sheet } = useEditing();
  const { say } = useSpeech();
  const [asText, setAsText] = useState(false);
  const [rows, setRows] = useState<{ of: string; ways: readonly Way[] }>();
  const read = offered && peopleIn(value, offered.functions);
  const ways = rows?.of === value ? rows.ways : read;
  const change = (next: readonly Way[]) => {
    const text = next.every(isComplete) ? peopleText(next) : value;
    setRows({ of: text, ways: next });
    if (text !== value) set(text);
  };
  if (!ways || asText)
    return (
      <>
        <Formula id={id} value={value} set={set} placeholder={placeholder} />
        {!ways && offered && <p className="dim">{say('flow.peopleOnlyText')}</p>}
        {ways && !sheet.readOnly && (
          <Button size="small" type="link" onClick={() => setAsText(false)}>
            {say('flow.byRows')}
          </Button>
        )}
      </>
    );
  return (
    <div className="flow-rows" id={id}>
      {ways.map((way, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place of a way is what it is known by
        <div key={index} className="flow-test">
          {index > 0 && <span className="dim">{say('flow.otherwise')}</span>}
          <WayRow way={way} set={(next) => change(ways.toSpliced(index, 1, next))} />
          {!sheet.readOnly && (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={say('flow.remove')}
              title={say('flow.remove')}
              onClick={() => change(ways.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {!sheet.readOnly && (
        <div className="flow-row">
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => change([...ways, { by: 'head', unit: '' }])}
          >
            {say(ways.length === 0 ? 'flow.addWay' : 'flow.addFallback')}
          </Button>
          <Button size="small" type="link" onClick={() => setAsText(true)}>
            {say('flow.byExpression')}
          </Button>
        </div>
      )}
    </div>
  );
}

const isComplete = (way: Way): boolean => Object.values(way).every((part) => part !== '');

const FRESH: Readonly<Record<Way['by'], Way>> = {
  starter: { by: 'starter' },
  step: { by: 'step', step: '' },
  field: { by: 'field', people: '', single: false },
  head: { by: 'head', unit: '' },
  role: { by: 'role', where: 'in', unit: '', role: '' },
  superior: { by: 'superior', people: '' },
};

function WayRow({ way, set }: { way: Way; set(way: Way): void }) {
  const { offered, sheet } = useEditing();
  const { say } = useSpeech();
  const { people, units } = useNamesOfPeople();
  const steps = stepsOf(sheet.process(), 'bpmn:UserTask');
  const kinds = (Object.keys(FRESH) as Way['by'][]).map((value) => ({ value, label: say(`flow.by.${value}`) }));
  const choose = (next: string) =>
    set(FRESH[(Object.keys(FRESH) as Way['by'][]).find((one) => one === next) ?? 'head']);
  return (
    <>
      <Chooser label={say('flow.way')} choices={kinds} value={way.by} set={choose} />
      {way.by === 'role' && (
        <>
          <Chooser
            label={say('flow.where')}
            choices={(Object.keys(WHERES) as Where[]).map((value) => ({ value, label: say(`flow.where.${value}`) }))}
            value={way.where}
            set={(where) => set({ ...way, where: where === 'below' || where === 'above' ? where : 'in' })}
          />
          <Unit value={way.unit} units={units} set={(unit) => set({ ...way, unit })} />
          <Chooser
            label={say('flow.role')}
            placeholder={say('flow.role')}
            choices={offered?.roles ?? []}
            value={way.role}
            set={(role) => set({ ...way, role })}
          />
        </>
      )}
      {way.by === 'head' && <Unit value={way.unit} units={units} set={(unit) => set({ ...way, unit })} />}
      {way.by === 'step' && (
        <Chooser
          label={say('flow.step')}
          placeholder={say('flow.step')}
          choices={steps.map((step) => ({ value: String(step.id), label: nameOf(step) }))}
          value={way.step}
          set={(step) => set({ ...way, step })}
        />
      )}
      {(way.by === 'field' || way.by === 'superior') && (
        <Chooser
          label={say('flow.personIn')}
          placeholder={say('flow.personIn')}
          choices={people}
          value={way.people}
          set={(chosen) =>
            set(
              way.by === 'field'
                ? { by: 'field', people: chosen, single: people.find(({ value }) => value === chosen)?.single ?? false }
                : { by: 'superior', people: chosen },
            )
          }
        />
      )}
    </>
  );
}

function Unit({ value, units, set }: { value: string; units: readonly Choice[]; set(unit: string): void }) {
  const { say } = useSpeech();
  return <Chooser label={say('flow.unit')} placeholder={say('flow.unit')} choices={units} value={value} set={set} />;
}

/** Values of the case that are people or units; one person alone is put into a list. */
function useNamesOfPeople(): { people: readonly (Choice & { single: boolean })[]; units: readonly Choice[] } {
  const known = useNames();
  const people = known.filter(({ kind }) => kind === 'person' || kind.endsWith('<person>'));
  const units = known.filter(({ kind }) => kind === 'unit' || kind === 'list<unit>');
  return {
    people: people.map(({ path, kind }) => ({ value: path, label: path, single: kind === 'person' })),
    units: units.map(({ path }) => ({ value: path, label: path })),
  };
}
