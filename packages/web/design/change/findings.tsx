/** Owns the findings of the server's check of a change: errors first, each leading to the text that it concerns. */
import type { Answer } from '@ganwei/core/contract';
import { idOf } from '@ganwei/release/paths';
import { Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Link } from '../../kit/router.tsx';
import { Bones, Empty, Refused } from '../../kit/states.tsx';
import { type Change, may } from './change.ts';
import { draftAddress } from './names.ts';

export type Finding = Answer<'checkChange'>['findings'][number];

export function Findings({ change }: { change: Change }) {
  const { say } = useSpeech();
  const [found, setFound] = useState<readonly Finding[]>();
  const check = useAct((id: string) => api.checkChange({ params: { id } }));
  const { run } = check;
  useEffect(() => {
    void run(change.id).then((answer) => answer && setFound(answer.findings));
  }, [change.id, run]);
  const again = async () => setFound((await run(change.id))?.findings ?? found);
  if (check.busy) return <Checking />;
  if (!found) return <Refused problem={check.problem} />;
  const errors = found.filter(({ severity }) => severity === 'error');
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const broken = new Set(errors.flatMap(({ definition }) => (definition?.kind === 'story' ? [idOf(definition)] : [])));
  return (
    <div className="card-body">
      <div className="row-tools">
        {found.length > 0 && (
          <span>
            {say('check.errors', { n: errors.length })} · {say('check.warnings', { n: warnings.length })}
          </span>
        )}
        {errors.length > 0 && <span className="complaint">{say('check.blocks')}</span>}
        <Button size="small" onClick={() => void again()}>
          {say('check.run')}
        </Button>
        {broken.size > 0 && may(change, 'draft') && (
          <Link to={`/design/changes/${change.id}/rerecord`}>{say('rerecord.all', { n: broken.size })}</Link>
        )}
      </div>
      <Refused problem={check.problem} />
      {found.length === 0 ? (
        <Empty title={say('check.none')}>{say('check.noneHint')}</Empty>
      ) : (
        <FindingRows change={change} findings={[...errors, ...warnings]} />
      )}
    </div>
  );
}

function Checking() {
  const { say } = useSpeech();
  return (
    <div className="card-body">
      <p className="dim" role="status">
        {say('check.running')}
      </p>
      <Bones rows={3} />
    </div>
  );
}

interface FindingListProps {
  change: string;
  findings: readonly Finding[];
  /** what else is said of where one is, and offered with it */
  where?(definition: NonNullable<Finding['definition']>): ReactNode;
  offer?(finding: Finding): ReactNode;
}

/** Findings, each leading to the text that it concerns. */
export function FindingList({ change, findings, where, offer }: FindingListProps) {
  const { say } = useSpeech();
  return (
    <ul className="findings">
      {findings.map((finding) => {
        const { severity, rule, definition, element, message } = finding;
        return (
          <li key={`${definition && idOf(definition)} ${rule} ${element} ${message}`}>
            <Mark tone={severity === 'error' ? 'danger' : 'warning'}>{say(`check.${severity}`)}</Mark>
            <div>
              {definition && (
                <Link to={draftAddress(change, definition)}>
                  {say('diff.of', { type: say(`definition.kind.${definition.kind}`), name: definition.title })}
                </Link>
              )}
              {definition && where?.(definition)}
              <p>{message}</p>
              {offer?.(finding)}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What a change has not touched can be wrong by it all the same: it is named, and leads to where it would be mended. */
export function FindingRows({ change, findings }: { change: Change; findings: readonly Finding[] }) {
  const { say } = useSpeech();
  const drafted = new Set(change.drafts.map(idOf));
  return (
    <FindingList
      change={change.id}
      findings={findings}
      where={(definition) => !drafted.has(idOf(definition)) && <span className="dim"> {say('check.elsewhere')}</span>}
      offer={({ definition, rule }) =>
        definition &&
        rule === 'story' &&
        may(change, 'draft') && (
          <Link to={`/design/changes/${change.id}/play?story=${definition.app}.${definition.key}`}>
            {say('play.rerecord')}
          </Link>
        )
      }
    />
  );
}
