import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './Select.module.css';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** The browser's own list: on a phone it is the system's picker, and it costs nothing to load. */
export function Select(props: {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      <span className={styles.row}>
        {props.icon}
        <select
          id={id}
          className={styles.select}
          value={props.value}
          disabled={props.disabled === true}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown size={18} aria-hidden="true" className={styles.chevron} />
      </span>
    </div>
  );
}
