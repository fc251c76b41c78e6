/** Owns the four states of a page: loading without jumping, empty with a reason, failed with a way on, full. And the page's head, its cards, the end of its lists. */
import { Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useSpeech } from './language.tsx';
import { Link } from './router.tsx';

/** Why something did not go: the server's "no" (`fields`: at which fields), or a fault of the network or the page. */
export interface Trouble {
  code: string;
  status: number;
  message: string;
  fields: readonly { path: string; message: string }[];
}

/** What a page has asked for. */
export interface Asked<T> {
  data: T | undefined;
  problem: Trouble | undefined;
  reload(): void;
}

/** Shows `children(data)` once there is data; until then the skeleton, or the problem with a retry. */
export function Loading<T>({
  of,
  rows = 6,
  children,
}: {
  of: Asked<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return children(of.data);
  if (of.problem) return <Failed problem={of.problem} retry={of.reload} />;
  return <Bones rows={rows} />;
}

/** Grey lines where text will be. */
export function Bones({ rows = 6 }: { rows?: number }) {
  const { say } = useSpeech();
  return (
    <div className="bones" role="status" aria-label={say('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
        <span key={index} className="bone" />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <div className="empty-next">{children}</div>}
    </div>
  );
}

/** Under a list that goes on: asks for its further rows. */
export function More({ busy, load }: { busy: boolean; load: () => unknown }) {
  const { say } = useSpeech();
  return (
    <div className="more">
      <Button loading={busy} onClick={() => void load()}>
        {say('state.more')}
      </Button>
    </div>
  );
}

/** What a person may open, a card each. */
export function Cards({
  of,
  to,
}: {
  of: readonly { key: string; title: string; description?: string | undefined }[];
  to: (key: string) => string;
}) {
  return (
    <ul className="startables">
      {of.map(({ key, title, description }) => (
        <li key={key} className="card">
          <h2>
            <Link to={to(key)}>{title}</Link>
          </h2>
          {description && <p className="dim">{description}</p>}
        </li>
      ))}
    </ul>
  );
}

export function Failed({ problem, retry }: { problem: Trouble; retry?: (() => void) | undefined }) {
  const { say } = useSpeech();
  const gone = problem.status === 404 || problem.status === 403;
  return (
    <div className="empty" role="alert">
      <p className="empty-title">{problemText(problem, say)}</p>
      <div className="empty-next">
        {retry && !gone && <Button onClick={retry}>{say('state.retry')}</Button>}
        <Link className="button-link" to="/">
          {say('state.home')}
        </Link>
      </div>
    </div>
  );
}

/** What a person reads about a problem. */
export function problemText(problem: Trouble, say: ReturnType<typeof useSpeech>['say']): string {
  if (problem.code === 'page.fault') return say('error.page');
  return problem.message || say('error.network');
}

/** A problem of an act, inside a page that stays. */
export function Refused({ problem }: { problem: Trouble | undefined }) {
  const { say } = useSpeech();
  if (!problem) return null;
  return (
    <div className="note note-error" role="alert">
      {problemText(problem, say)}
      {problem.fields.length > 0 && (
        <ul>
          {problem.fields.map(({ path, message }) => (
            <li key={path + message}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The one h1 of a page; it also names the browser's tab. */
export function PageHead({
  title,
  note,
  tools,
}: {
  title: string;
  note?: ReactNode | undefined;
  tools?: ReactNode | undefined;
}) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {note && <p className="dim">{note}</p>}
      </div>
      {tools && <div className="page-tools">{tools}</div>}
    </header>
  );
}
