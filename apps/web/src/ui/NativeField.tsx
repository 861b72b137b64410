import { useId } from 'react';
import styles from './NativeField.module.css';

/** The browser's own field for a day, a time or a number: on a phone it is the system's picker. */
export function NativeField(props: {
  readonly label: string;
  readonly type: 'date' | 'time' | 'number';
  readonly value: string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      <input
        id={id}
        className={styles.input}
        type={props.type}
        required
        value={props.value}
        {...(props.min === undefined ? {} : { min: props.min })}
        {...(props.max === undefined ? {} : { max: props.max })}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
