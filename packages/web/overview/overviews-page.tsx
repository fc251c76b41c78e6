/** Owns the list of overviews that a person has; whoever has one only comes to it at once. */
import { useEffect } from 'react';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { navigate } from '../kit/router.tsx';
import { Cards, Empty, Loading, PageHead } from '../kit/states.tsx';
import './learned.ts';

export default function OverviewsPage() {
  const { say } = useSpeech();
  const list = useLoad('overviews', {});
  const only = list.data?.length === 1 ? list.data[0]?.key : undefined;
  useEffect(() => {
    if (only !== undefined) navigate(addressOf(only), { replace: true });
  }, [only]);
  return (
    <div className="page">
      <PageHead title={say('overview.title')} note={say('overview.note')} />
      <Loading of={list}>
        {(overviews) =>
          overviews.length === 0 ? (
            <Empty title={say('overview.none')}>{say('overview.noneHint')}</Empty>
          ) : (
            <Cards of={overviews} to={addressOf} />
          )
        }
      </Loading>
    </div>
  );
}

const addressOf = (key: string): string => `/overview/${encodeURIComponent(key)}`;
