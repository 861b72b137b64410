import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import styles from './ConnectionFacts.module.css';

/** The numbers behind the three bars. */
export function ConnectionFacts({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const { quality, path, roundTripMs, loss, sendBitrate, receiveBitrate } = useObservable(
    meeting.state,
    ({ connection }) => connection,
  );
  const rate = (bitrate: number | null) =>
    bitrate === null ? t('room.none') : t('room.rate', { value: (bitrate / 1_000_000).toFixed(2) });
  const facts = [
    [t('room.connection'), t(`room.quality.${quality}`)],
    [t('room.path.name'), path === null ? t('room.none') : t(`room.path.${path}`)],
    [
      t('room.roundTrip'),
      roundTripMs === null ? t('room.none') : t('room.ms', { value: Math.round(roundTripMs) }),
    ],
    [t('room.loss'), loss === null ? t('room.none') : t('room.percent', { value: (loss * 100).toFixed(1) })],
    [t('room.sending'), rate(sendBitrate)],
    [t('room.receiving'), rate(receiveBitrate)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
