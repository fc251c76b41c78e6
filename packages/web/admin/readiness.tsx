/** Owns the list of what the installation still lacks; nothing is shown when nothing is missing. */
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';

export function Readiness() {
  const { say } = useSpeech();
  const lacks = useLoad('readiness', {});
  if (!lacks.data || lacks.data.length === 0) return null;
  return (
    <details className="card" open={lacks.data.some(({ severity }) => severity === 'error')}>
      <summary>
        <strong>{say('readiness.title', { n: lacks.data.length })}</strong>
      </summary>
      <ul className="files">
        {lacks.data.map(({ severity, message }) => (
          <li key={message}>
            <Mark tone={severity === 'error' ? 'danger' : 'warning'}>{say(`readiness.${severity}`)}</Mark>
            <span className="file-name">{message}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
