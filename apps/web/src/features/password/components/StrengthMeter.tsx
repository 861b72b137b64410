import { LIMITS } from '@conclave/protocol';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import type { Strength } from '../model/strength.ts';
import styles from './StrengthMeter.module.css';

const steps = [0, 1, 2, 3];

/** Four bars, the level in words, and the reasons. */
export function StrengthMeter({ strength }: { readonly strength: Strength }) {
  const { t } = useTranslation();
  const filled = strength.kind === 'judged' ? Math.max(1, strength.score) : strength.kind === 'empty' ? 0 : 1;
  const good = strength.kind === 'judged' && strength.score >= 3;
  return (
    <div className={styles.meter}>
      <span className={cx(styles.bars, good ? styles.good : styles.weak)} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} className={cx(step < filled && styles.filled)} />
        ))}
      </span>
      <div className={styles.words} aria-live="polite">
        {strength.kind === 'short' && <p>{t('password.short', { count: strength.missing })}</p>}
        {strength.kind === 'long' && <p>{t('password.long', { max: LIMITS.passwordMax })}</p>}
        {strength.kind === 'judged' && (
          <>
            <p>{t('password.strength', { level: t(`password.levels.s${strength.score}`) })}</p>
            {good ? (
              <p className={styles.praise}>
                <Check size={16} aria-hidden="true" /> {t('password.good')}
              </p>
            ) : (
              <ul>
                {strength.reasons.map((reason) => (
                  <li key={reason}>{t(`password.reasons.${reason}`)}</li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </div>
  );
}
