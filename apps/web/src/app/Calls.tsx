import { Suspense } from 'react';
import { session } from '../features/account/model/session.ts';
import { lazyPart } from '../ui/lazyPart.ts';
import { useObservable } from '../ui/useObservable.ts';

const CallsHost = lazyPart(() => import('../features/calls/components/CallsHost.tsx'));

/** Whoever is signed in is rung on every page; its script is fetched beside what the page needs. */
export function Calls() {
  const who = useObservable(session.who);
  if (who.name !== 'account' || who.account.restricted) return null;
  return (
    <Suspense>
      <CallsHost key={who.account.id} accountId={who.account.id} />
    </Suspense>
  );
}
