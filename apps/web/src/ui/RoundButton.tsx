import type { ReactNode } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { cx } from './cx.ts';
import styles from './RoundButton.module.css';

export interface RoundButtonProps
  extends Omit<ButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  /** The accessible name: what pressing does. */
  readonly name: string;
  /** A word under the icon, where there is room. */
  readonly caption?: string;
  readonly look?: 'plain' | 'off' | 'active' | 'danger';
  /** A key that does the same. */
  readonly shortcut?: string;
  /** A small number at the corner. */
  readonly count?: number;
  readonly warning?: boolean;
  readonly children: ReactNode;
}

/** A large round button over pictures. */
export function RoundButton(props: RoundButtonProps) {
  const { name, caption, look = 'plain', shortcut, count, warning, children, ...rest } = props;
  return (
    <span className={styles.place}>
      <Button
        {...rest}
        aria-label={name}
        {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
        className={cx(styles.button, styles[look])}
      >
        {children}
      </Button>
      <span className={styles.tip} aria-hidden="true">
        {name}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </span>
      {/* Beside the button, not in it: its visible text and its accessible name are the same. */}
      {count !== undefined && (
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
      )}
      {warning === true && (
        <span className={styles.warning} aria-hidden="true">
          !
        </span>
      )}
      {caption !== undefined && (
        <span className={styles.caption} aria-hidden="true">
          {caption}
        </span>
      )}
    </span>
  );
}
