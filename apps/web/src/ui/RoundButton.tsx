import type { ReactNode, Ref } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { cx } from './cx.ts';
import styles from './RoundButton.module.css';

export interface RoundButtonProps
  extends Omit<ButtonProps, 'className' | 'children' | 'style' | 'aria-label' | 'isPending'> {
  /** The accessible name: what pressing does. */
  readonly name: string;
  /** A word under the icon, where there is room. */
  readonly caption?: string;
  readonly look?: 'plain' | 'off' | 'active' | 'danger';
  /** A key that does the same. */
  readonly shortcut?: string;
  /** A small number or sign at the corner. */
  readonly badge?: number | '!' | undefined;
  /** Under way; what pressing it again does is up to `onPress`. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A large round button over pictures. */
export function RoundButton(props: RoundButtonProps) {
  const { name, caption, look = 'plain', shortcut, badge, busy = false, children, ...rest } = props;
  return (
    <span className={styles.place}>
      <Button
        {...rest}
        {...(busy ? { 'data-busy': '' } : {})}
        {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
        aria-label={name}
        className={cx(styles.button, styles[look])}
      >
        {children}
      </Button>
      {badge !== undefined && (
        <span className={cx(styles.badge, badge === '!' && styles.warning)} aria-hidden="true">
          {badge}
        </span>
      )}
      <span className={styles.tip} aria-hidden="true">
        {name}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </span>
      {caption !== undefined && (
        <span className={styles.caption} aria-hidden="true">
          {caption}
        </span>
      )}
    </span>
  );
}
