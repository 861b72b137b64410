import type { SharedFile } from '@conclave/client';
import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import styles from './FileStateText.module.css';

/** How far a file is; of what others offer, whom it comes from before anything is fetched. */
export function FileStateText({ file }: { readonly file: SharedFile }) {
  const { name, from, state } = file;
  const { t } = useTranslation();
  const icon = { size: 16, 'aria-hidden': true } as const;
  switch (state.name) {
    case 'preparing':
    case 'waiting':
      return <p className={styles.text}>{t(`files.state.${state.name}`)}</p>;
    case 'sending':
    case 'receiving': {
      const percent = Math.floor(state.done * 100);
      return (
        <>
          <div
            className={cx(styles.track, state.paused && styles.paused)}
            role="progressbar"
            aria-label={name}
            aria-valuenow={percent}
          >
            <div className={styles.fill} style={{ inlineSize: `${percent}%` }} />
          </div>
          <p className={styles.text}>
            {state.paused ? t('files.state.paused') : t(`files.state.${state.name}`, { percent })}
          </p>
        </>
      );
    }
    case 'failed':
      return (
        <p className={cx(styles.text, styles.problem)} role="alert">
          <TriangleAlert {...icon} />
          <span>{t(`files.problem.${state.problem}`)}</span>
        </p>
      );
    case 'offered':
      return (
        <p className={cx(styles.text, from.isGuest && styles.warning)}>
          {from.isGuest && <TriangleAlert {...icon} />}
          <span>{t(from.isGuest ? 'files.fromGuest' : 'files.fromMember', { name: from.name })}</span>
        </p>
      );
    case 'withdrawn':
      return (
        <p className={styles.text}>
          {from.self ? t('files.state.withdrawn') : t('files.state.withdrawnBy', { name: from.name })}
        </p>
      );
    case 'sent':
    case 'received':
      return (
        <p className={cx(styles.text, styles.done)}>
          <Check {...icon} />
          <span>{t(`files.state.${state.name}`)}</span>
        </p>
      );
  }
}
