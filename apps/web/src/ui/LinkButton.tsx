import type { ReactNode } from 'react';
import styles from './Button.module.css';
import { cx } from './cx.ts';

/** A link to another site that stands among buttons. The other site learns nothing of where somebody came from. */
export function LinkButton(props: {
  readonly href: string;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}) {
  return (
    <a
      href={props.href}
      target="_blank"
      rel="noopener noreferrer"
      className={cx(styles.button, styles.plain, styles.link)}
      onClick={props.onOpen}
    >
      {props.children}
    </a>
  );
}
