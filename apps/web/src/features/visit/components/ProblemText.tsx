import type { DeviceProblem } from '@conclave/client';
import { lazy, Suspense } from 'react';

const DeviceProblemText = lazy(() => import('./DeviceProblemText.tsx'));

export function ProblemText(props: {
  readonly device: 'camera' | 'microphone' | 'screen';
  readonly problem: DeviceProblem;
}) {
  return (
    <Suspense fallback="…">
      <DeviceProblemText {...props} />
    </Suspense>
  );
}
