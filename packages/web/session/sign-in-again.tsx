/**
 * Owns signing in over a page whose session has ended: what was being filled in stays below and is saved afterwards. Somebody else may sign
 * in, too; then the pages begin anew, because the cache and everything typed belong to the person before (shell/app.tsx).
 */
import { useLayoutEffect, useRef } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { OuterDoorsAgain } from './outer-doors.tsx';
import { useSession } from './session.tsx';
import { SignInForm } from './sign-in.tsx';

export default function SignInAgain() {
  const { say } = useSpeech();
  const { session } = useSession();
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} className="dialog" aria-labelledby="again" onCancel={(event) => event.preventDefault()}>
      <h2 id="again">{say('signIn.again')}</h2>
      <p className="dim">{say('signIn.againHint')}</p>
      <SignInForm username={session?.person.username ?? ''} />
      <OuterDoorsAgain />
    </dialog>
  );
}
