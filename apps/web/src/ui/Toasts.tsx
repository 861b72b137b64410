import styles from './Toasts.module.css';
import { toasts } from './toasts.ts';
import { useObservable } from './useObservable.ts';

/** The region is always there, so that screen readers notice what is put into it. */
export function Toasts() {
  const shown = useObservable(toasts);
  return (
    <div className={styles.region} role="status">
      {shown.map((toast) => (
        <p key={toast.id} className={styles.toast}>
          {toast.text}
        </p>
      ))}
    </div>
  );
}
