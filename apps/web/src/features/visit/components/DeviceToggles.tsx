import type { DeviceState, Devices } from '@conclave/client';
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RoundButton } from '../../../ui/RoundButton.tsx';
import { useObservable } from '../../../ui/useObservable.ts';

interface ToggleProps {
  readonly devices: Devices;
  /** What the meeting allows; before joining everything may be tried. */
  readonly allowed?: boolean;
  /** Who does not allow it; null when that is not known. */
  readonly heldBy?: string | null;
  readonly captioned?: boolean;
  readonly shortcut?: string;
}

export function MicrophoneToggle({
  devices,
  allowed = true,
  heldBy = null,
  captioned = false,
  shortcut,
}: ToggleProps) {
  const { t } = useTranslation();
  const { microphone } = useObservable(devices.state);
  return (
    <RoundButton
      name={microphone.on ? t('visit.microphoneOff') : t('visit.microphoneOn')}
      {...(allowed
        ? {}
        : { why: heldBy === null ? t('room.notAllowed') : t('room.notAllowedBy', { name: heldBy }) })}
      {...(captioned ? { caption: t('room.short.microphone') } : {})}
      {...(shortcut === undefined ? {} : { shortcut })}
      look={microphone.on ? 'plain' : 'off'}
      badge={needsHelp(microphone) ? '!' : undefined}
      busy={microphone.starting}
      onPress={() => toggleMicrophone(devices)}
    >
      {microphone.on ? <Mic size={24} aria-hidden="true" /> : <MicOff size={24} aria-hidden="true" />}
    </RoundButton>
  );
}

export function CameraToggle({
  devices,
  allowed = true,
  heldBy = null,
  captioned = false,
  shortcut,
}: ToggleProps) {
  const { t } = useTranslation();
  const { camera } = useObservable(devices.state);
  return (
    <RoundButton
      name={camera.on ? t('visit.cameraOff') : t('visit.cameraOn')}
      {...(allowed
        ? {}
        : { why: heldBy === null ? t('room.notAllowed') : t('room.notAllowedBy', { name: heldBy }) })}
      {...(captioned ? { caption: t('room.short.camera') } : {})}
      {...(shortcut === undefined ? {} : { shortcut })}
      look={camera.on ? 'plain' : 'off'}
      badge={needsHelp(camera) ? '!' : undefined}
      busy={camera.starting}
      onPress={() => toggleCamera(devices)}
    >
      {camera.on ? <Video size={24} aria-hidden="true" /> : <VideoOff size={24} aria-hidden="true" />}
    </RoundButton>
  );
}

export function toggleMicrophone(devices: Devices): void {
  const { microphone } = devices.state.get();
  if (microphone.on || microphone.starting) devices.turnOffMicrophone();
  else void devices.turnOnMicrophone();
}

export function toggleCamera(devices: Devices): void {
  const { camera } = devices.state.get();
  if (camera.on || camera.starting) devices.turnOffCamera();
  else void devices.turnOnCamera();
}

function needsHelp(device: DeviceState): boolean {
  return device.problem !== null && !device.on;
}
