/**
 * Owns the editor of decision tables: the table, what stands beside it, and the problems. It is given a text and gives one with every act; the page
 * around it loads, saves and publishes. What of a file is no table is left to its text. Rules: [DTB1] [DTB9].
 */
import '../texts/words.ts';
import '../flow/flow.css';
import './decision.css';
import { otherLogic, sheetsIn } from '@ganwei/decision/sheet/sheet';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Definition, Told, TriedTable } from '../check/told.ts';
import { useCheck } from '../check/use-check.ts';
import { Problems } from '../flow/problems.tsx';
import { useSteps } from '../texts/history.ts';
import { stepKeys } from '../texts/steps.tsx';
import { type Deciding, DecidingContext, type Spot } from './deciding.ts';
import { spotOf } from './findings.ts';
import { Grid } from './grid.tsx';
import { Holes } from './holes.tsx';
import { Selected } from './panel.tsx';
import { SheetFile } from './sheet-file.tsx';
import { Toolbar } from './toolbar.tsx';
import { Trial } from './trial.tsx';

export interface DecisionEditorProps {
  /** the table as the change has it */
  own: Definition;
  /** everything that would be in force, the table among it */
  definitions: readonly Definition[];
  /** what definitions may use of the server */
  told: Told;
  readOnly?: boolean;
  /** the text after an act */
  onChange(source: string): void;
}

export default function DecisionEditor({ own, definitions, told, readOnly = false, onChange }: DecisionEditorProps) {
  const { say } = useSpeech();
  const check = useCheck({ definitions, told, app: own.app ?? '' });
  const steps = useSteps(own.source, (source) => {
    check.edit({ ...own, source });
    onChange(source);
  });
  const { text } = steps;
  const sheets = useMemo(() => sheetsIn(text), [text]);
  const others = useMemo(() => otherLogic(text), [text]);
  const [place, setPlace] = useState(0);
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const tried = useTried(check, own.key, values);
  const table = Math.min(place, (sheets?.length ?? 1) - 1);
  const sheet = sheets?.[table];
  if (!sheet) return <p className="note">{say(sheets ? 'decision.noTable' : 'decision.unreadable')}</p>;
  const findings = (check.found?.findings ?? []).filter(({ file }) => file === own.file);
  const outcome = tried?.outcome;
  const deciding: Deciding = {
    sheet,
    types: tried?.types[sheet.id] ?? [],
    tried,
    findings,
    functions: check.found?.offered.functions ?? [],
    spot: { row: Math.min(spot.row, sheet.rules.length - 1), column: Math.min(spot.column, sheet.columns.length - 1) },
    readOnly,
    lit: !outcome ? [] : 'matched' in outcome ? outcome.matched : outcome.rules,
    select: setSpot,
    act: (label, make) => steps.act(label, make({ source: text, table })),
  };
  const show = (element: string) => {
    for (const [index, one] of (sheets ?? []).entries()) {
      const found = findings.find((finding) => finding.element === element && spotOf(finding, one));
      const to = found && spotOf(found, one);
      if (!to && one.id !== element) continue;
      setPlace(index);
      setSpot(to ?? { row: 0, column: 0 });
    }
  };
  return (
    <DecidingContext value={deciding}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: steps back and forth are the editor's as a whole */}
      <div className="flow-editor dd-editor" onKeyDown={(event) => !readOnly && stepKeys(steps, event)}>
        <Toolbar steps={steps}>
          <SheetFile />
        </Toolbar>
        <div className="dd-main">
          <Tables names={sheets?.map(({ name }) => name) ?? []} chosen={table} choose={setPlace}>
            {others > 0 && <p className="dim">{say('decision.others', { n: others })}</p>}
          </Tables>
          <Grid key={table} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is below is scrolled to with the keys */}
        <section className="flow-panel" aria-label={say('decision.panel')} tabIndex={0}>
          <Selected />
          <Holes />
          <Trial values={values} set={(path, given) => setValues({ ...values, [path]: given })} />
        </section>
        <Problems
          findings={findings}
          elsewhere={(check.found?.findings.length ?? 0) - findings.length}
          busy={check.busy}
          failed={check.failed}
          nameOf={(element) => nameOf(element, sheets ?? [], (n) => say('decision.rule', { n }), sheet.name)}
          mendOf={() => undefined}
          show={({ element }) => show(element)}
          mend={() => undefined}
        />
      </div>
    </DecidingContext>
  );
}

type Sheets = NonNullable<ReturnType<typeof sheetsIn>>;

function nameOf(element: string, sheets: Sheets, rule: (n: number) => string, otherwise: string): string {
  for (const { id, name, rules } of sheets) {
    if (id === element) return name;
    const row = rules.findIndex((one) => one.id === element);
    if (row >= 0) return rule(row + 1);
  }
  return otherwise;
}

interface TablesProps {
  names: readonly string[];
  chosen: number;
  choose(place: number): void;
  children: ReactNode;
}

/** The tables of a file, where it has several. */
function Tables({ names, chosen, choose, children }: TablesProps) {
  const { say } = useSpeech();
  return (
    <>
      {names.length > 1 && (
        <fieldset className="switch" aria-label={say('decision.tables')}>
          {names.map((name, index) => (
            <button key={name} type="button" aria-pressed={index === chosen} onClick={() => choose(index)}>
              {name}
            </button>
          ))}
        </fieldset>
      )}
      {children}
    </>
  );
}

/** Asked anew when a check is done, and when other values are given. */
function useTried(
  check: ReturnType<typeof useCheck>,
  table: string,
  values: Readonly<Record<string, string>>,
): TriedTable | undefined {
  const [tried, setTried] = useState<TriedTable>();
  const { found, table: ask } = check;
  useEffect(() => {
    if (!found) return;
    let wanted = true;
    const given = Object.values(values).some((text) => text !== '') ? values : null;
    void ask({ table, given }).then((answer) => wanted && setTried(answer));
    return () => {
      wanted = false;
    };
  }, [found, ask, table, values]);
  return tried;
}
