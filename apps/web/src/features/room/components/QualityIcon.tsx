import type { ParticipantState } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import styles from './QualityIcon.module.css';

/** Says that somebody's connection is not good, as the reason for what is seen and heard of them. A good one needs no mark. */
export function QualityIcon(props: { readonly participant: ParticipantState; readonly onStage?: boolean }) {
  const { participant, onStage = false } = props;
  const { t } = useTranslation();
  const { quality, connected } = participant;
  if (quality === 'good' || !connected) return null;
  const name = t('room.quality.name', { quality: t(`room.quality.${quality}`) });
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={cx(styles.bars, styles[quality], onStage && styles.onStage)}
    >
      <span />
      <span />
      <span />
    </span>
  );
}
