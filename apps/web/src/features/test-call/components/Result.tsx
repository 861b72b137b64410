import type { Devices } from '@conclave/client';
import type { TestCallResult } from '@conclave/client/test-call';
import { CircleAlert, CircleCheck, CircleMinus, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import { ProblemText } from '../../visit/components/ProblemText.tsx';
import styles from './Result.module.css';

type Mark = 'good' | 'bad' | 'none';
const icons = { good: CircleCheck, bad: CircleAlert, none: CircleMinus };
const sounds = { heard: 'good', silent: 'bad', unplayable: 'bad', off: 'none' } as const;
const pictures = { seen: 'good', missing: 'bad', off: 'none' } as const;
const qualities = { unknown: 'none', good: 'good', fair: 'good', poor: 'bad', lost: 'bad' } as const;

export function Result({ result, devices }: { readonly result: TestCallResult; readonly devices: Devices }) {
  const { t } = useTranslation();
  const problem = useObservable(devices.state, ({ microphone }) => microphone.problem);
  const { sound, picture, quality, path, roundTripMs, loss } = result;
  return (
    <div role="status">
      <ul className={styles.result}>
        {sound === 'off' && problem !== null ? (
          <Line mark="bad">
            <ProblemText device="microphone" problem={problem} />
          </Line>
        ) : (
          <Line mark={sounds[sound]}>{t(`testCall.sound.${sound}`)}</Line>
        )}
        <Line mark={pictures[picture]}>{t(`testCall.image.${picture}`)}</Line>
        <Line mark={qualities[quality]}>
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
