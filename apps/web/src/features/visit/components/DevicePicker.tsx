import type { DeviceChoice, Devices } from '@conclave/client';
import { Mic, Video, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Select, type SelectOption } from '../../../ui/Select.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import styles from './DevicePicker.module.css';
import { MicrophoneLevel } from './MicrophoneLevel.tsx';

/** Which camera, microphone and loudspeaker; the microphone's level; a test sound. */
export function DevicePicker({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation();
  const { camera, microphone, speakers, speakerId } = useObservable(devices.state);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);

  const test = async () => {
    setPlaying(true);
    setFailed(false);
    try {
      await devices.testSpeaker();
    } catch {
      setFailed(true);
    }
    setPlaying(false);
  };
  const options = (
    choices: readonly DeviceChoice[],
    chosen: string | null,
    unnamed: (number: number) => string,
  ): SelectOption[] => {
    const named = choices.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label === '' ? unnamed(index + 1) : label,
    }));
    const known = chosen !== null && choices.some(({ deviceId }) => deviceId === chosen);
    return known ? named : [{ value: '', label: t('visit.defaultDevice') }, ...named];
  };
  const chosenOf = (choices: readonly DeviceChoice[], chosen: string | null) =>
    choices.some(({ deviceId }) => deviceId === chosen) ? (chosen ?? '') : '';
  const icon = { size: 18, 'aria-hidden': true } as const;

  return (
    <div className={styles.picker}>
      <Select
        label={t('visit.camera')}
        icon={<Video {...icon} />}
        value={chosenOf(camera.choices, camera.deviceId)}
        options={options(camera.choices, camera.deviceId, (number) => t('visit.unnamedCamera', { number }))}
        onChange={(id) => void devices.chooseCamera(id)}
      />
      <div className={styles.pair}>
        <Select
          label={t('visit.microphone')}
          icon={<Mic {...icon} />}
          value={chosenOf(microphone.choices, microphone.deviceId)}
          options={options(microphone.choices, microphone.deviceId, (number) =>
            t('visit.unnamedMicrophone', { number }),
          )}
          onChange={(id) => void devices.chooseMicrophone(id)}
        />
        <MicrophoneLevel devices={devices} />
      </div>
      <div className={styles.speaker}>
        {speakers.length > 0 && (
          <Select
            label={t('visit.speaker')}
            icon={<Volume2 {...icon} />}
            value={chosenOf(speakers, speakerId)}
            options={options(speakers, speakerId, (number) => t('visit.unnamedSpeaker', { number }))}
            onChange={(id) => devices.chooseSpeaker(id)}
          />
        )}
        <Button busy={playing} onPress={() => void test()}>
          {playing ? t('visit.testing') : t('visit.test')}
        </Button>
      </div>
      {failed && (
        <p className={styles.failed} role="alert">
          {t('visit.testFailed')}
        </p>
      )}
    </div>
  );
}
