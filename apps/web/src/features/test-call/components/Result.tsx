import type { TestCallResult } from '@conclave/client/test-call';
import { CircleAlert, CircleCheck, CircleMinus, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Result.module.css';

type Mark = 'good' | 'bad' | 'none';
const icons = { good: CircleCheck, bad: CircleAlert, none: CircleMinus };

export function Result({ result }: { readonly result: TestCallResult }) {
  const { t } = useTranslation();
  const { sound, picture, quality, path, roundTripMs, loss } = result;
  return (
    <div role="status">
      <ul className={styles.result}>
        <Line mark={sound === 'heard' ? 'good' : sound === 'off' ? 'none' : 'bad'}>
          {t(`testCall.sound.${sound}`)}
        </Line>
        <Line mark={picture === 'seen' ? 'good' : picture === 'off' ? 'none' : 'bad'}>
          {t(`testCall.image.${picture}`)}
        </Line>
        <Line mark={quality === 'poor' || quality === 'lost' ? 'bad' : 'good'}>
          {t(`testCall.quality.${quality}`)}
          {path !== null && <span className={styles.detail}>{t(`testCall.path.${path}`)}</span>}
          {roundTripMs !== null && (
            <span className={styles.detail}>
              {t('testCall.numbers', { ms: Math.round(roundTripMs), loss: Math.round((loss ?? 0) * 100) })}
            </span>
          )}
        </Line>
        <li className={styles.line} data-mark="good">
          <LockKeyhole size={20} aria-hidden="true" />
          <div>{t('testCall.encrypted')}</div>
        </li>
      </ul>
    </div>
  );
}

function Line({ mark, children }: { readonly mark: Mark; readonly children: ReactNode }) {
  const Icon = icons[mark];
  return (
    <li className={styles.line} data-mark={mark}>
      <Icon size={20} aria-hidden="true" />
      <div>{children}</div>
    </li>
  );
}
