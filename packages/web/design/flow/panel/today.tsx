/**
 * Owns the answer to who would get a step today, beside the expression that says it: asked of the server while one draws, for a starter and for
 * people and units that stand in forms by then. Rule: [DES72].
 */
import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { ApiProblem } from '../../../api/client.ts';
import { asProblem } from '../../../api/load.ts';
import { useSpeech } from '../../../kit/language.tsx';
import { Refused } from '../../../kit/states.tsx';
import { Finder } from '../../feel/finder.tsx';
import { peopleIn } from '../../feel/people.ts';
import { type Asked, type AssignedToday, optionOf, useEditing, useElement, useNames } from '../editing.ts';

/** Milliseconds without a change before the server is asked. */
const PAUSE = 400;

export function Today({ source }: { source: string }) {
  const { directory } = useEditing();
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const { id } = useElement();
  if (!directory || source.trim() === '') return null;
  return (
    <div className="flow-today">
      <Button size="small" type="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say('flow.today')}
      </Button>
      {open && <Asking key={id} source={source} />}
    </div>
  );
}

type Given = Asked['values'][number]['value'];

function Asking({ source }: { source: string }) {
  const { directory, offered, sheet } = useEditing();
  const { say } = useSpeech();
  const names = useNames();
  const [starter, setStarter] = useState<string | null>(null);
  const [values, setValues] = useState<Readonly<Record<string, Given>>>({});
  const [did, setDid] = useState<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = useState<AssignedToday>();
  const [problem, setProblem] = useState<ApiProblem>();
  const question: Asked = {
    people: source,
    starter,
    values: Object.entries(values).map(([path, value]) => ({ path, value })),
    doneBy: Object.entries(did).map(([step, person]) => ({ step, person })),
  };
  const text = JSON.stringify(question);
  useEffect(() => {
    let here = true;
    const ask = async () => {
      try {
        const found = await directory?.assigned(JSON.parse(text));
        if (here) setAnswer(found);
        if (here) setProblem(undefined);
      } catch (error) {
        if (here) setProblem(asProblem(error));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [directory, text]);
  if (!directory || !answer)
    return problem ? <Refused problem={problem} /> : <p className="dim">{say('flow.today.asking')}</p>;
  const kindOf = (path: string) => names.find((name) => name.path === path)?.kind ?? '';
  const isChoosable = (path: string): boolean => /^(list<)?(person|unit)>?$/.test(kindOf(path));
  const within = (path: string) => names.flatMap((name) => (name.path.startsWith(`${path}.`) ? name.path : []));
  const asked = [...Object.keys(values), ...answer.needs];
  const choosable = [...new Set(asked.flatMap((path) => [path, ...within(path)]))].filter(isChoosable);
  const others = answer.needs.filter((path) => ![path, ...within(path)].some(isChoosable));
  const steps = (peopleIn(source, offered?.functions ?? []) ?? []).flatMap((way) =>
    way.by === 'step' ? way.step : [],
  );
  return (
    <div className="flow-rows">
      <Given label={say('flow.today.starter')}>
        {(id) => (
          <Finder
            id={id}
            values={[answer.starter.id]}
            needed
            find={directory.people}
            set={([one]) => setStarter(one ?? null)}
          />
        )}
      </Given>
      {choosable.map((path) => (
        <Given key={path} label={path}>
          {(id) => (
            <Finder
              id={id}
              values={[values[path] ?? []].flat()}
              several={kindOf(path).startsWith('list')}
              find={kindOf(path).includes('unit') ? directory.units : directory.people}
              set={(chosen) =>
                setValues(
                  without(values, path, kindOf(path).startsWith('list') && chosen.length > 0 ? [...chosen] : chosen[0]),
                )
              }
            />
          )}
        </Given>
      ))}
      {steps.map((step) => (
        <Given
          key={step}
          label={say('flow.today.doneBy', { step: String(sheet.find(step)?.businessObject.name ?? step) })}
        >
          {(id) => (
            <Finder
              id={id}
              values={did[step] ? [did[step]] : []}
              find={directory.people}
              set={([one]) => setDid(without(did, step, one))}
            />
          )}
        </Given>
      ))}
      {problem ? <Refused problem={problem} /> : <p role="status">{sentenceOf(answer, say)}</p>}
      {others.length > 0 && <p className="dim">{say('flow.today.needs', { names: others.join('、') })}</p>}
      <p className="dim">{say(answer.functionsDrafted ? 'flow.today.functions' : 'flow.today.limits')}</p>
    </div>
  );
}

/** The same with this member, or without it. */
function without<T>(all: Readonly<Record<string, T>>, key: string, value: T | undefined): Record<string, T> {
  const { [key]: _, ...rest } = all;
  return value === undefined ? rest : { ...rest, [key]: value };
}

function sentenceOf({ people, more, needs, wrong }: AssignedToday, say: ReturnType<typeof useSpeech>['say']): string {
  if (wrong) return say('flow.today.wrong', { reason: wrong });
  if (people.length === 0) return say(needs.length > 0 ? 'flow.today.depends' : 'flow.today.nobody');
  const named = people.map((one) => optionOf(one).label).join('、');
  return say(more > 0 ? 'flow.today.goesToMany' : 'flow.today.goesTo', { names: named, n: people.length + more });
}

function Given({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="flow-test">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
