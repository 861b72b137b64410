import type { PollOption } from '@conclave/client';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../../ui/cx.ts';
import styles from './PollAnswer.module.css';

/** One answer: a box or a button to choose it, its share as a bar and in numbers, and who has chosen it. */
export function PollAnswer(props: {
  /** The name that the buttons of one poll share. */
  readonly group: string;
  readonly option: PollOption;
  readonly voters: number;
  readonly multiple: boolean;
  readonly open: boolean;
  readonly onChoose: (on: boolean) => void;
}) {
  const { group, option, voters, multiple, open, onChoose } = props;
  const { text, count, mine, names } = option;
  const { t } = useTranslation();
  const id = useId();
  const percent = voters === 0 ? 0 : Math.round((count / voters) * 100);
  const words = (
    <>
      <span id={`${id}-text`} className={styles.text} dir="auto">
        {text}
      </span>
      <span id={`${id}-numbers`} className={styles.numbers}>
        {count} <span className={styles.percent}>{t('talk.poll.share', { percent })}</span>
      </span>
    </>
  );
  return (
    <div className={cx(styles.answer, mine && styles.mine)}>
      {open ? (
        <label className={styles.label}>
          <input
            type={multiple ? 'checkbox' : 'radio'}
            className={styles.box}
            name={group}
            aria-labelledby={`${id}-text`}
            aria-describedby={`${id}-numbers`}
            checked={mine}
            onChange={(event) => onChoose(event.target.checked)}
          />
          {words}
        </label>
      ) : (
        <p className={styles.label}>
          <span className={styles.box}>
            {mine && <Check size={16} role="img" aria-label={t('talk.poll.mine')} />}
          </span>
          {words}
        </p>
      )}
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ width: `${percent}%` }} />
      </span>
      {names.length > 0 && <p className={styles.names}>{names.join(', ')}</p>}
    </div>
  );
}
