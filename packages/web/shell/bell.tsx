/** Owns the bell in the head of a desk, and that the page hears of changes while somebody is signed in. Rules: [MSG1] [MSG11]. */
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Link, usePlace } from '../kit/router.tsx';
import { Badge, BellIcon, bellLabel } from './badge.tsx';
import { useLive } from './live.ts';

export default function Bell() {
  const { say } = useSpeech();
  const { path } = usePlace();
  const counts = useLoad('counts', {});
  useLive(counts);
  const label = bellLabel(say, counts.data);
  return (
    <Link
      className="bell"
      to="/messages"
      title={label}
      aria-label={label}
      aria-current={path === '/messages' ? 'page' : undefined}
    >
      <BellIcon />
      <Badge counts={counts.data} />
    </Link>
  );
}
