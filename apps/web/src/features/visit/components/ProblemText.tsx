import type { DeviceProblem } from '@conclave/client';
import { Suspense } from 'react';
import { lazyPart } from '../../../ui/lazyPart.ts';

const DeviceProblemText = lazyPart(() => import('./DeviceProblemText.tsx'));

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
