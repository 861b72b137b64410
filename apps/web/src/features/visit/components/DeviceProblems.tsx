import type { Devices } from '@conclave/client';
import { Notice } from '../../../ui/Notice.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { ProblemText } from './ProblemText.tsx';

/** Why a camera or microphone is not on although it was asked for, and what to do. */
export function DeviceProblems({ devices }: { readonly devices: Devices }) {
  const { camera, microphone } = useObservable(devices.state);
  return (
    <>
      {camera.problem !== null && !camera.on && (
        <Notice kind="warn" live>
          <ProblemText device="camera" problem={camera.problem} />
        </Notice>
      )}
      {microphone.problem !== null && !microphone.on && (
        <Notice kind="warn" live>
          <ProblemText device="microphone" problem={microphone.problem} />
        </Notice>
      )}
    </>
  );
}
