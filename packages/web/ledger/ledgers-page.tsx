/** Owns the list of ledgers a person may open. */
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Cards, Empty, Loading, PageHead } from '../kit/states.tsx';
import './learned.ts';

export default function LedgersPage() {
  const { say } = useSpeech();
  const list = useLoad('ledgers', {});
  return (
    <div className="page">
      <PageHead title={say('ledger.title')} note={say('ledger.note')} />
      <Loading of={list}>
        {(ledgers) =>
          ledgers.length === 0 ? (
            <Empty title={say('ledger.none')}>{say('ledger.noneHint')}</Empty>
          ) : (
            <Cards of={ledgers} to={(key) => `/ledgers/${encodeURIComponent(key)}`} />
          )
        }
      </Loading>
    </div>
  );
}
