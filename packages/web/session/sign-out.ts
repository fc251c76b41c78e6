/** Owns leaving: the session ends on the server, the pages forget the person, the address goes back to the beginning, or to where one came from. */
import { api } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import { tell } from '../kit/notice.tsx';
import { navigate } from '../kit/router.tsx';
import { useSession } from './session.tsx';

export function useSignOut(): () => Promise<void> {
  const { enter } = useSession();
  return async () => {
    let next: string | null = null;
    try {
      next = (await api.signOut()).next;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code !== 'session.required') {
        tell(problem.message, 'error');
        return;
      }
    }
    if (next) window.location.assign(next);
    enter(null);
    if (!next) navigate('/', { replace: true });
  };
}
