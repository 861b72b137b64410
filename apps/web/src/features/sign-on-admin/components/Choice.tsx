import { Checkbox } from '../../../ui/Checkbox.tsx';
import styles from './Choice.module.css';

/** Yes or no, with a line of explanation under it. */
export function Choice(props: {
  readonly label: string;
  readonly help?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <Checkbox checked={props.checked} onChange={props.onChange}>
      <span className={styles.label}>{props.label}</span>
      {props.help !== undefined && <span className={styles.help}>{props.help}</span>}
    </Checkbox>
  );
}
