import type { ReactNode } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { cx } from './cx.ts';
import styles from './IconButton.module.css';

export interface IconButtonProps
  extends Omit<ButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  /** The accessible name, shown when the pointer rests on the button. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A square button with an icon. */
export function IconButton({ name, children, ...rest }: IconButtonProps) {
  return (
    <span className={styles.place}>
      <Button {...rest} aria-label={name} className={styles.button ?? ''}>
        {children}
      </Button>
      <span className={cx(styles.tip)} aria-hidden="true">
        {name}
      </span>
    </span>
  );
}
