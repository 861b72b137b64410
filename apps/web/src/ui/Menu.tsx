import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Separator } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Menu.module.css';

/** A button with an icon that opens a list of things to do. */
export function Menu(props: {
  readonly name: string;
  readonly icon: ReactNode;
  /** In the room, whose panels have the dark colours always. */
  readonly dark?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <MenuTrigger>
      <IconButton name={props.name}>{props.icon}</IconButton>
      <Popover
        className={cx(styles.popover, props.dark === true && styles.dark)}
        placement="bottom end"
        offset={4}
      >
        <AriaMenu className={styles.menu ?? ''}>{props.children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** Between what belongs together. */
export function MenuLine() {
  return <Separator className={styles.line ?? ''} />;
}

export function MenuAction(props: {
  readonly icon: ReactNode;
  readonly danger?: boolean;
  readonly onAction: () => void;
  readonly children: string;
}) {
  return (
    <MenuItem
      className={cx(styles.item, props.danger === true && styles.danger)}
      textValue={props.children}
      onAction={props.onAction}
    >
      {props.icon}
      {props.children}
    </MenuItem>
  );
}
