import styles from './Toggle.module.css';

/** Something that holds or does not, and takes effect at once. */
export function Toggle(props: {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: string;
}) {
  return (
    <label className={styles.toggle}>
      <span>{props.children}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.on}
        className={styles.input}
        checked={props.on}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </label>
  );
}
