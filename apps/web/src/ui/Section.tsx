import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Section.module.css';

/** A part of a page with a heading of its own, and what can be done with it beside. */
export function Section(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2>{props.title}</h2>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </section>
  );
}

/** Things of one kind, one below the other, in one frame. */
export function Rows({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>;
}

export function Row(props: {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly mark?: ReactNode;
  readonly detail?: ReactNode;
  readonly end?: ReactNode;
  /** It is not in force: shown paler. */
  readonly faded?: boolean;
  /** On a phone, what is at the end goes below. */
  readonly stacked?: boolean;
}) {
  return (
    <li
      className={cx(
        styles.row,
        props.icon === undefined && styles.plain,
        props.faded === true && styles.faded,
        props.stacked === true && styles.stacked,
      )}
    >
      {props.icon}
      <div className={styles.words}>
        <h3>
          {props.title}
          {props.mark !== undefined && props.mark !== null && (
            <span className={styles.mark}>{props.mark}</span>
          )}
        </h3>
        {props.detail !== undefined && <div className={styles.detail}>{props.detail}</div>}
      </div>
      {props.end !== undefined && <div className={styles.end}>{props.end}</div>}
    </li>
  );
}
