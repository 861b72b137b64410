import { ChevronDown } from 'lucide-react';
import type { SelectOption } from '../../../ui/Select.tsx';
import styles from './Field.module.css';

/** One of several values. Its name is in the row already; who listens hears it here too. */
export function Field(props: {
  readonly name: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  return (
    <span className={styles.select}>
      <select
        aria-label={props.name}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown size={18} aria-hidden="true" />
    </span>
  );
}
