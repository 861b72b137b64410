import { useEffect } from 'react';
import { useObservable } from '../../../ui/useObservable.ts';
import { session, type Who } from '../model/session.ts';

/** Who is signed in; asks the server when nobody has asked yet. */
export function useWho(): Who {
  const who = useObservable(session.who);
  useEffect(() => void session.load(), []);
  return who;
}
