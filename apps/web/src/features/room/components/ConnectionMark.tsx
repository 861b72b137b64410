import type { ConnectionState } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import styles from './ConnectionMark.module.css';

const bars = { unknown: 0, lost: 0, poor: 1, fair: 2, good: 3 };
const steps = [1, 2, 3];

/** Three bars and a word. */
export function ConnectionMark({ connection }: { readonly connection: ConnectionState }) {
  const { t } = useTranslation();
  const { quality } = connection;
  const filled = bars[quality];
  return (
    <p
      className={cx(styles.mark, styles[quality])}
      title={t('room.quality.name', { quality: t(`room.quality.${quality}`) })}
    >
      <span className={styles.bars} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} className={cx(step <= filled && styles.filled)} />
        ))}
      </span>
      <span className="visually-hidden">
        {t('room.quality.name', { quality: t(`room.quality.${quality}`) })}
      </span>
      <span aria-hidden="true" className={styles.word}>
        {t(`room.quality.${quality}`)}
      </span>
    </p>
  );
}
