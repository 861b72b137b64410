import styles from './BreakoutDialog.module.css';

/** Where somebody is to be: the browser's own list, for pointer, keyboard and phone alike. */
export function PlaceSelect(props: {
  readonly label: string;
  /** Empty: in the meeting. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <select
      className={styles.place}
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
