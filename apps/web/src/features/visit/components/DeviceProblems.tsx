import type { Devices } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import { useObservable } from '../../../ui/useObservable.ts';

/** Why a camera or microphone is not on although it was asked for, and what to do. */
export function DeviceProblems({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation();
  const { camera, microphone } = useObservable(devices.state);
  return (
    <>
      {camera.problem !== null && !camera.on && (
        <Notice kind="warn" live>
          {t(`visit.problems.camera.${camera.problem}`)}
        </Notice>
      )}
      {microphone.problem !== null && !microphone.on && (
        <Notice kind="warn" live>
          {t(`visit.problems.microphone.${microphone.problem}`)}
        </Notice>
      )}
    </>
  );
}
