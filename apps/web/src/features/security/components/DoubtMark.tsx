import type { Doubt } from '@conclave/client';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import styles from './DoubtMark.module.css';

/** Over a tile whose picture or sound comes and cannot be verified. */
export function DoubtMark(props: {
  readonly doubts: readonly Doubt[];
  readonly participantId: string;
  readonly source: 'camera' | 'screen';
}) {
  const { doubts, participantId, source } = props;
  const { t } = useTranslation();
  const sources = doubts.filter((one) => one.participantId === participantId).map((one) => one.source);
  const picture = sources.includes(source);
  const sound = sources.includes(source === 'screen' ? 'screen-audio' : 'microphone');
  if (!picture && !sound) return null;
  return (
    <p className={cx(styles.mark, picture && styles.whole)}>
      <ShieldAlert size={18} aria-hidden="true" />
      <span>{t(picture ? 'security.tile.media' : 'security.tile.sound')}</span>
    </p>
  );
}
