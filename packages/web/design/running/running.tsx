/** Owns the list of flows with the versions that their cases run on, those without cases last. For the business administrator; no case is named. */
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Link } from '../../kit/router.tsx';
import { Empty, Loading, PageHead } from '../../kit/states.tsx';

export default function Running() {
  const { say } = useSpeech();
  const flows = useLoad('running', {});
  return (
    <div className="page">
      <PageHead title={say('running.title')} note={say('running.note')} />
      <Loading of={flows}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={say('running.noFlows')} />
          ) : (
            <ul className="card flush rows">
              {rows.map(({ process, title, current, versions }) => {
                const behind = versions.filter(({ version }) => version !== current);
                return (
                  <li key={process} className="row">
                    <div className="row-main">
                      <Link className="row-title" to={`/running/${encodeURIComponent(process)}`}>
                        {title}
                      </Link>
                      {current === null && <Mark tone="stopped">{say('running.retired')}</Mark>}
                      <p className="row-note">
                        {versions.map(({ version, count }) => (
                          <span key={version}>{say('running.onVersion', { version, n: count })}</span>
                        ))}
                      </p>
                    </div>
                    <div className="row-side">
                      {versions.length === 0 ? (
                        <span className="dim">{say('running.none')}</span>
                      ) : (
                        <span>{say('running.cases', { n: versions.reduce((sum, { count }) => sum + count, 0) })}</span>
                      )}
                      {current !== null && behind.length > 0 && (
                        <span className="dim">
                          {say('running.behind', { n: behind.reduce((sum, { count }) => sum + count, 0) })}
                        </span>
                      )}
                    </div>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loading>
    </div>
  );
}
