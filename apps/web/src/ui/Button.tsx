import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import styles from './Button.module.css';
import { cx } from './cx.ts';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'isPending'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly wide?: boolean;
  readonly icon?: ReactNode;
  /** What it started is under way: it keeps its place and the focus, and pressing it does nothing. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A button with a text. */
export function Button({
  look = 'plain',
  wide = false,
  icon,
  busy = false,
  onPress,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(busy ? { 'data-busy': '' } : onPress === undefined ? {} : { onPress })}
      className={cx(styles.button, styles[look], wide && styles.wide)}
    >
      {icon}
      <span>{children}</span>
      {busy && <span className={styles.spinner} aria-hidden="true" />}
    </AriaButton>
  );
}
