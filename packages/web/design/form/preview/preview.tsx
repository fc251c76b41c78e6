/**
 * Owns the form as it is met at a step: with the access of that step, on a desk, on a phone or as it is printed, with made-up data; and beside it what the
 * browser and what the server say of what is filled in. The server's verdict is reached by the same code that runs there. Rules: [FDS30] [FDS31].
 */

import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import type { FieldError } from '@ganwei/core/refusal';
import type { FunctionSpec } from '@ganwei/feel/compile';
import { compileForm } from '@ganwei/form/dialect';
import type { CompiledForm, FieldAccess, Values } from '@ganwei/form/model';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { SOURCES } from '../../../api/sources.ts';
import { type FormHandle, FormView } from '../../../binding/form-view.tsx';
import { useSpeech } from '../../../kit/language.tsx';
import { useSession } from '../../../session/session.tsx';
import type { Definition, StepOfForm } from '../../check/told.ts';
import type { Check } from '../../check/use-check.ts';
import { Chooser } from '../../feel/basic.tsx';
import { PhrasingContext } from '../../feel/phrasing.ts';
import { useDesigning } from '../designing.ts';
import { madeUp } from './made-up.ts';

const SIZES = ['desk', 'phone', 'paper'] as const;

interface PreviewProps {
  own: Definition;
  check: Check;
}

export default function Preview({ own, check }: PreviewProps) {
  const { form, offered } = useDesigning();
  const { say } = useSpeech();
  const [steps, setSteps] = useState<readonly StepOfForm[]>([]);
  const [step, setStep] = useState(0);
  const [size, setSize] = useState<(typeof SIZES)[number]>('desk');
  const [filled, setFilled] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when a check has ended
  useEffect(() => void check.steps(own.key).then(setSteps), [own.key, offered]);
  const read = useMemo(() => compiledOr(form), [form]);
  const given = steps[step]?.access ?? EVERYTHING;
  const access = useMemo(() => (size === 'paper' ? asRead(given) : given), [size, given]);
  const choices = steps.map(({ flow, step: name }, index) => ({ value: String(index), label: `${flow} · ${name}` }));
  return (
    <PhrasingContext value={READING}>
      <section className="fd-show" aria-label={say('formDesign.preview')}>
        <div className="row-tools">
          <Chooser
            label={say('formDesign.asStep')}
            placeholder={say('formDesign.noStep')}
            choices={choices}
            value={steps[step] ? String(step) : ''}
            set={(next) => setStep(Number(next || 0))}
          />
          <fieldset className="switch" aria-label={say('formDesign.size')}>
            {SIZES.map((one) => (
              <button key={one} type="button" aria-pressed={size === one} onClick={() => setSize(one)}>
                {say(`formDesign.size.${one}`)}
              </button>
            ))}
          </fieldset>
          <Button size="small" aria-pressed={filled} onClick={() => setFilled(!filled)}>
            {say(filled ? 'formDesign.emptied' : 'formDesign.filled')}
          </Button>
        </div>
        {typeof read === 'string' ? (
          <p className="note note-warning">{say('formDesign.notYet')}</p>
        ) : (
          <Shown
            key={`${step} ${size} ${filled}`}
            form={read}
            access={access}
            size={size}
            filled={filled}
            check={check}
          />
        )}
      </section>
    </PhrasingContext>
  );
}

const READING = { readOnly: false, functions: undefined, names: async () => [] };
const EVERYTHING: readonly FieldAccess[] = [];
const functions = CALENDAR_FUNCTIONS as Readonly<Record<string, FunctionSpec>>;

function compiledOr(json: unknown): CompiledForm | string {
  try {
    return compileForm(json, { checked: true, functions });
  } catch (error) {
    return (error as Error).message;
  }
}

/** What is hidden stays hidden; nothing can be written. */
const asRead = (access: readonly FieldAccess[]): FieldAccess[] => [
  { path: '*', mode: 'read' },
  ...access.map(({ path, mode }) => ({ path, mode: mode === 'hidden' ? mode : ('read' as const) })),
];

interface ShownProps {
  form: CompiledForm;
  access: readonly FieldAccess[];
  size: (typeof SIZES)[number];
  filled: boolean;
  check: Check;
}

function Shown({ form, access, size, filled, check }: ShownProps) {
  const { say, language } = useSpeech();
  const { now, session } = useSession();
  const handle = useRef<FormHandle>(null);
  const [verdicts, setVerdicts] = useState<{ browser: readonly FieldError[]; server: readonly FieldError[] }>();
  const values = useMemo<Values>(() => (filled ? madeUp(form, now()) : {}), [form, filled, now]);
  const scope = useMemo<Values>(() => {
    const day = new Date(now()).toISOString();
    return {
      actor: session ? { id: session.person.id, name: session.person.name } : {},
      today: day.slice(0, 10),
      now: day.slice(0, 19),
      case: {},
    };
  }, [session, now]);
  const judge = async () => {
    const submitted = handle.current?.values() ?? {};
    const browser = (await handle.current?.validate()) ?? [];
    const { definition } = form;
    const server = await check.verdict({ form: definition, stored: values, submitted, access, scope, language });
    setVerdicts({ browser, server });
  };
  return (
    <>
      <div className={`fd-page fd-page-${size}`}>
        <FormView
          ref={handle}
          form={form}
          values={values}
          access={access}
          scope={scope}
          sources={SOURCES}
          language={language}
        />
      </div>
      {size !== 'paper' && (
        <div className="row-tools">
          <Button size="small" onClick={() => void judge()}>
            {say('formDesign.judge')}
          </Button>
          <span className="dim">{say('formDesign.judgeHint')}</span>
        </div>
      )}
      {verdicts && (
        <div className="fd-verdicts">
          {(['browser', 'server'] as const).map((who) => (
            <section key={who} aria-label={say(`formDesign.verdict.${who}`)}>
              <strong>{say(`formDesign.verdict.${who}`)}</strong>
              {verdicts[who].length === 0 ? (
                <p>{say('formDesign.accepted')}</p>
              ) : (
                <ul>
                  {verdicts[who].map(({ path, message }) => (
                    <li key={`${path} ${message}`}>
                      {message} <small className="dim">{path}</small>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
      )}
    </>
  );
}
