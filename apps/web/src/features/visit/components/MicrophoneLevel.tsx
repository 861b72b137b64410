import type { Devices } from '@conclave/client';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import styles from './MicrophoneLevel.module.css';

/** Moves 20 times a second, so it is drawn without rendering. */
export function MicrophoneLevel({ devices }: { readonly devices: Devices }) {
  const { t } = useTranslation();
  const { microphone } = useObservable(devices.state);
  const meter = useRef<HTMLMeterElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const draw = () => {
      const level = Math.min(1, Math.max(0, devices.level.get()));
      bar.current?.style.setProperty('--level', String(level));
      if (meter.current !== null) meter.current.value = level;
    };
    draw();
    return devices.level.subscribe(draw);
  }, [devices]);
  return (
    <div className={styles.place}>
      <meter ref={meter} className="visually-hidden" aria-label={t('visit.level')} min={0} max={1} />
      <div className={cx(styles.meter, microphone.on && styles.on)} aria-hidden="true">
        <span ref={bar} className={styles.bar} />
      </div>
      {!microphone.on && <p className={styles.hint}>{t('visit.levelOff')}</p>}
    </div>
  );
}
