/** Owns the page of one overview: its charts beside each other, the moment of the figures, asking for them anew. */
import { Button } from 'antd';
import { useLoad } from '../api/load.ts';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Loading, PageHead } from '../kit/states.tsx';
import { ChartCard } from './chart-card.tsx';
import './overview.css';
import './learned.ts';

export default function OverviewPage({ params }: PageProps) {
  const { say, language } = useSpeech();
  const overview = useLoad('overview', { params: { key: params.key ?? '' } });
  return (
    <div className="page">
      <Loading of={overview}>
        {({ title, description, at, charts }) => (
          <>
            <PageHead
              title={title}
              note={description}
              tools={
                <Button loading={overview.busy} onClick={overview.reload}>
                  {say('overview.reload')}
                </Button>
              }
            />
            <p className="dim">
              {say('overview.at', { at: momentText(at, language) })}
              {language === 'zh-CN' ? '。' : '. '}
              {say('overview.counted')}
            </p>
            <div className="overview">
              {charts.map((chart) => (
                <ChartCard key={chart.key} chart={chart} at={at} />
              ))}
            </div>
          </>
        )}
      </Loading>
    </div>
  );
}
