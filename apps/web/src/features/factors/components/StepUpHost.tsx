import { Suspense, useEffect } from 'react';
import { hostStepUp, pendingStepUp } from '../../../api/stepUp.ts';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { useObservable } from '../../../ui/useObservable.ts';

const StepUpDialog = lazyPart(() => import('./StepUpDialog.tsx'));

/** The place of the one dialog that asks people to confirm that it is they. On every page of somebody who is signed in. */
export function StepUpHost() {
  const pending = useObservable(pendingStepUp);
  useEffect(() => {
    const host = hostStepUp();
    return () => host[Symbol.dispose]();
  }, []);
  if (pending === null) return null;
  return (
    <Suspense>
      <StepUpDialog pending={pending} />
    </Suspense>
  );
}
