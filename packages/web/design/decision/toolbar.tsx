/** Owns the buttons above the table: steps back and forth, acts on the selected rule, the hit policy, and sheets in and out. Rules: [DTB2] [DTB8]. */
import { copyRule, insertColumn, insertRule, moveRule, removeRule, setPolicy } from '@ganwei/decision/sheet/acts';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Steps } from '../texts/history.ts';
import { StepButtons } from '../texts/steps.tsx';
import { useDeciding } from './deciding.ts';

const POLICIES = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const;
const SUMS = ['', 'SUM', 'COUNT', 'MIN', 'MAX'] as const;

export function Toolbar({ steps, children }: { steps: Steps; children: ReactNode }) {
  const { sheet, spot, act, select, readOnly } = useDeciding();
  const { say } = useSpeech();
  const { row } = spot;
  const none = row < 0 || row >= sheet.rules.length;
  const n = { n: row + 1 };
  return (
    <div className="flow-toolbar" role="toolbar" aria-label={say('decision.tools')}>
      {!readOnly && (
        <>
          <StepButtons steps={steps} />
          <Button
            size="small"
            onClick={() => {
              const at = none ? sheet.rules.length : row + 1;
              act(say('decision.did.insert'), (where) => insertRule(where, at));
              select({ row: at, column: 0 });
            }}
          >
            {say('decision.insertRule')}
          </Button>
          <Button
            size="small"
            disabled={none}
            onClick={() => {
              act(say('decision.did.copy', n), (at) => copyRule(at, row));
              select({ ...spot, row: row + 1 });
            }}
          >
            {say('decision.copyRule')}
          </Button>
          {([-1, 1] as const).map((by) => (
            <Button
              key={by}
              size="small"
              disabled={none || row + by < 0 || row + by >= sheet.rules.length}
              onClick={() => {
                act(say('decision.did.move', n), (at) => moveRule(at, row, row + by));
                select({ ...spot, row: row + by });
              }}
            >
              {say(by < 0 ? 'decision.up' : 'decision.down')}
            </Button>
          ))}
          <Button
            size="small"
            disabled={none}
            onClick={() => {
              act(say('decision.did.remove', n), (at) => removeRule(at, row));
              select({ ...spot, row: Math.max(0, Math.min(row, sheet.rules.length - 2)) });
            }}
          >
            {say('decision.removeRule')}
          </Button>
          {!sheet.columns.some(({ kind }) => kind === 'note') && (
            <Button
              size="small"
              onClick={() =>
                act(say('decision.did.insertColumn'), (at) =>
                  insertColumn(at, 'note', 0, { label: say('decision.column.note') }),
                )
              }
            >
              {say('decision.insertNote')}
            </Button>
          )}
        </>
      )}
      <Select
        size="small"
        className="dd-policy"
        aria-label={say('decision.policy')}
        disabled={readOnly}
        value={sheet.policy}
        options={POLICIES.map((value) => ({ value, label: say(`decision.policy.${value}`) }))}
        onChange={(policy) => act(say('decision.did.policy'), (at) => setPolicy(at, policy))}
      />
      {sheet.policy === 'COLLECT' && (
        <Select
          size="small"
          className="dd-policy"
          aria-label={say('decision.aggregation')}
          disabled={readOnly}
          value={sheet.aggregation}
          options={SUMS.map((value) => ({ value, label: say(`decision.sum.${value || 'none'}`) }))}
          onChange={(sum) => act(say('decision.did.policy'), (at) => setPolicy(at, 'COLLECT', sum))}
        />
      )}
      {children}
    </div>
  );
}
