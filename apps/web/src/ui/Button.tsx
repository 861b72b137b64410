import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import styles from './Button.module.css';
import { cx } from './cx.ts';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly wide?: boolean;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button with a text. While `isPending` it keeps its place and the focus, and cannot be pressed. */
export function Button({ look = 'plain', wide = false, icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(styles.button, styles[look], wide && styles.wide)}>
      {icon}
      <span>{children}</span>
      {rest.isPending === true && <span className={styles.spinner} aria-hidden="true" />}
    </AriaButton>
  );
}
