import styles from './Digits.module.css';

/** Groups of five digits to be read out, in columns. */
export function Digits(props: {
  readonly groups: readonly string[];
  readonly columns: 3 | 4;
  readonly name: string;
}) {
  const { groups, columns, name } = props;
  return (
    <p className={styles.digits} data-columns={columns} data-digits={groups.join('')}>
      <span className="visually-hidden">{name}</span>
      {groups.map((group, index) => (
        // The order is part of the code, and two groups may be equal.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index}>{group}</span>
      ))}
    </p>
  );
}
