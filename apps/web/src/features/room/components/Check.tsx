import { useId } from 'react';
import styles from './Check.module.css';

/** Something that is on or off, in the settings. */
export function Check(props: {
  readonly label: string;
  readonly help?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const help = useId();
  return (
    <div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={props.on}
          aria-describedby={props.help === undefined ? undefined : help}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        {props.label}
      </label>
      {props.help !== undefined && (
        <p id={help} className={styles.help}>
          {props.help}
        </p>
      )}
    </div>
  );
}
