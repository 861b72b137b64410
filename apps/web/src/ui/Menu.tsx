import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Menu.module.css';

/** A button with an icon that opens a list of things to do. */
export function Menu(props: {
  readonly name: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <MenuTrigger>
      <IconButton name={props.name}>{props.icon}</IconButton>
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <AriaMenu className={styles.menu ?? ''}>{props.children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  );
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
