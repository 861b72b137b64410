import { lazy, Suspense } from 'react';
import { useObservable } from '../../../ui/useObservable.ts';
import { pendingStepUp } from '../model/stepUp.ts';

const StepUpDialog = lazy(() => import('./StepUpDialog.tsx'));

/** The place of the one dialog that asks people to confirm that it is they. On every page of somebody who is signed in. */
export function StepUpHost() {
  const pending = useObservable(pendingStepUp);
  if (pending === null) return null;
  return (
    <Suspense>
      <StepUpDialog pending={pending} />
    </Suspense>
  );
}
