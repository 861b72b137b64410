import type { Meeting } from '@conclave/client';
import { ArrowLeftRight, Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import styles from './ConnectionMark.module.css';

const bars = { unknown: 0, lost: 0, poor: 1, fair: 2, good: 3 };
const steps = [1, 2, 3];

/** Three bars and a word, and which way media takes. */
export function ConnectionMark({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const quality = useObservable(meeting.state, ({ connection }) => connection.quality);
  const path = useObservable(meeting.state, ({ connection }) => connection.path);
  const filled = bars[quality];
  const direct = path === 'direct';
  const name = t('room.quality.name', { quality: t(`room.quality.${quality}`) });
  const way = path === null ? null : `${t('room.path.name')} ${t(`room.path.${path}`)}`;
  return (
    <p
      className={cx(styles.mark, styles[quality])}
      title={way === null ? name : `${name}. ${way}.`}
      data-path={path ?? undefined}
    >
      {way !== null && (
        <>
          <span className="visually-hidden">{way}.</span>
          <span aria-hidden="true" className={styles.way}>
            {direct ? <ArrowLeftRight size={16} /> : <Server size={14} />}
            <span className={styles.wayWord}>
              {t(direct ? 'room.path.shortDirect' : 'room.path.shortServer')}
            </span>
          </span>
        </>
      )}
      <span className={styles.bars} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} className={cx(step <= filled && styles.filled)} />
        ))}
      </span>
      <span className="visually-hidden">{name}</span>
      <span aria-hidden="true" className={styles.word}>
        {t(`room.quality.${quality}`)}
      </span>
    </p>
  );
}
