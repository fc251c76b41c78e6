/** Owns the page of one ledger: filters, columns, sorting, more rows, the count, and the export. */
import { localDateTime } from '@ganwei/calendar/zone';
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem, useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Empty, Loading, More, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { type Asked, askedIn } from './asked.ts';
import { ColumnDialog, useColumns } from './columns.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { type Filter, Filters } from './filters.tsx';
import { Rows, type Sort } from './rows.tsx';
import { type SavedView, Views } from './views.tsx';
import './ledger.css';
import './learned.ts';

type LedgerView = Answer<'ledger'>;

export default function LedgerPage({ params, query }: PageProps) {
  const key = params.key ?? '';
  const ledger = useLoad('ledger', { params: { key } });
  return <Loading of={ledger}>{(view) => <Open key={String(query)} view={view} asked={askedIn(query)} />}</Loading>;
}

function Open({ view, asked }: { view: LedgerView; asked: Asked }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const params = { key: view.key };
  const [filters, setFilters] = useState<readonly Filter[]>(asked.filters);
  // another view draws the controls anew, with its conditions in them
  const [round, setRound] = useState(0);
  const [sort, setSort] = useState<Sort | null>(null);
  const [dialog, setDialog] = useState<'columns' | 'export' | null>(null);
  const { shown, choose } = useColumns(view);
  const arrangement = { filters: [...filters], sort };
  const body = { ...arrangement, counted: asked.counted };
  const arranged = { columns: shown.map(({ key }) => key), ...arrangement };
  const arrange = (saved: SavedView) => {
    choose(saved.columns);
    setFilters(saved.filters);
    setSort(saved.sort);
    setRound(round + 1);
  };
  const page = useLoad('ledgerRows', { params, body });
  const [more, setMore] = useState(false);
  const loadMore = async (cursor: string) => {
    setMore(true);
    try {
      const next = await api.ledgerRows({ params, body: { ...body, cursor } });
      page.put({ ...next, rows: [...(page.data?.rows ?? []), ...next.rows] });
    } catch (error) {
      tell(asProblem(error).message, 'error');
    } finally {
      setMore(false);
    }
  };
  return (
    <div className="page">
      <PageHead
        title={view.title}
        note={view.description}
        tools={
          <>
            <Views ledger={view.key} shown={arranged} onChoose={arrange} />
            <Button onClick={() => setDialog('columns')}>{say('ledger.columns')}</Button>
            {view.exports && <Button onClick={() => setDialog('export')}>{say('ledger.export')}</Button>}
          </>
        }
      />
      {asked.counted && (
        <p className="card" role="note">
          {say('ledger.counted')} <Link to={`/ledgers/${encodeURIComponent(view.key)}`}>{say('ledger.all')}</Link>
        </p>
      )}
      <Filters key={round} columns={view.columns} initial={filters} onChange={setFilters} />
      <div className="card flush">
        <Loading of={page}>
          {({ rows, next, count, counted, totals }) => (
            <>
              <p className="list-tools" role="status">
                {say(counted ? 'ledger.count' : 'ledger.countMore', { n: count, shown: rows.length })}
              </p>
              {rows.length === 0 ? (
                <Empty title={say(filters.length > 0 ? 'ledger.noMatch' : 'ledger.empty')}>
                  {say(filters.length > 0 ? 'ledger.noMatchHint' : 'ledger.emptyHint')}
                </Empty>
              ) : (
                <Rows columns={shown} rows={rows} totals={totals} sort={sort} onSort={setSort} title={view.title} />
              )}
              {next && <More busy={more} load={() => loadMore(next)} />}
            </>
          )}
        </Loading>
      </div>
      {dialog === 'columns' && (
        <ColumnDialog view={view} shown={shown} onChoose={choose} onClose={() => setDialog(null)} />
      )}
      {dialog === 'export' && (
        <ExportDialog
          name={`${view.title}${localDateTime(now()).slice(0, 10)}`}
          what={say('ledger.exportWhat', { n: page.data?.count ?? 0, columns: shown.length })}
          fetchFile={(reason) =>
            api.exportLedger({
              params: { key: view.key },
              body: { ...body, columns: shown.map(({ key }) => key), reason },
            })
          }
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
