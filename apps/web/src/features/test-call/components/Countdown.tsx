import { useEffect, useRef } from 'react';
import { cx } from '../../../ui/cx.ts';
import styles from './Countdown.module.css';

/** A bar that fills until then; nothing that has to be read out. @param props.endsAt ms of `performance.now()`; null: nobody knows */
export function Countdown({ endsAt }: { readonly endsAt: number | null }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (endsAt === null) return;
    const duration = Math.max(0, endsAt - performance.now());
    const filling = bar.current?.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], {
      duration,
      fill: 'forwards',
    });
    return () => filling?.cancel();
  }, [endsAt]);
  return (
    <div className={cx(styles.track, endsAt === null && styles.waits)} aria-hidden="true">
      <span ref={bar} className={styles.bar} />
    </div>
  );
}
