import { useId } from 'react';
import { cx } from './cx.ts';
import styles from './TextField.module.css';

/** A text of several lines, in letters of fixed width: keys, certificates. */
export function TextArea(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly help?: string;
  readonly error?: string | null;
  /** In the letters of all other text. */
  readonly prose?: boolean;
}) {
  const id = useId();
  const error = props.error ?? null;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        className={cx(styles.input, props.prose !== true && styles.code)}
        rows={props.rows ?? 4}
        spellCheck={false}
        value={props.value}
        aria-invalid={error !== null}
        aria-describedby={`${id}-help ${id}-error`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span id={`${id}-help`} className={styles.help}>
        {props.help}
      </span>
      <span id={`${id}-error`} className={styles.error}>
        {error}
      </span>
    </div>
  );
}
