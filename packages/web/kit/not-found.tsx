/** Owns the page for addresses that lead nowhere. */
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { Empty, PageHead } from '../kit/states.tsx';

export default function NotFound() {
  const { say } = useSpeech();
  return (
    <div className="page">
      <PageHead title={say('notFound.title')} />
      <Empty title={say('notFound.text')}>
        <Link className="button-link" to="/">
          {say('state.home')}
        </Link>
      </Empty>
    </div>
  );
}
