import { type ReactNode, type Ref, useId } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { cx } from './cx.ts';
import styles from './RoundButton.module.css';
import { showToast } from './toasts.ts';

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
  /** Why it does nothing now: said when it is pressed, and as its description. It keeps the focus, so that one can hear it. */
  readonly why?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A large round button over pictures. */
export function RoundButton(props: RoundButtonProps) {
  const {
    name,
    caption,
    look = 'plain',
    shortcut,
    badge,
    busy = false,
    why,
    onPress,
    children,
    ...rest
  } = props;
  const reason = useId();
  const press = why === undefined ? onPress : () => showToast(why);
  return (
    <span className={styles.place}>
      <Button
        {...rest}
        {...(busy ? { 'data-busy': '' } : {})}
        {...(press === undefined ? {} : { onPress: press })}
        {...(why === undefined
          ? {}
          : { 'aria-disabled': true, 'aria-describedby': reason, 'data-refused': '' })}
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
        {why ?? name}
        {why === undefined && shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </span>
      {why !== undefined && (
        <span id={reason} hidden>
          {why}
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
