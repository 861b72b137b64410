import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { cx } from '../../../ui/cx.ts';
import { ModalWindow } from '../../../ui/ModalWindow.tsx';
import { Avatar } from '../../room/components/Avatar.tsx';
import styles from './CallDialog.module.css';

/**
 * Who calls, or is called, above every page. It takes the focus as a whole: whoever is typing when it rings accepts nothing by
 * their next key, and nothing but its buttons closes it.
 */
export function CallDialog(props: {
  readonly person: { readonly id: string; readonly name: string };
  readonly title: string;
  readonly rings: boolean;
  readonly role: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
  readonly actions: ReactNode;
}) {
  return (
    <ModalWindow urgent isKeyboardDismissDisabled>
      <Dialog className={cx(styles.dialog, props.rings && styles.rings)} role={props.role}>
        <span className={styles.face}>
          <Avatar id={props.person.id} name={props.person.name} size={88} />
        </span>
        <div className={styles.words}>
          <Heading slot="title" level={2} className={styles.title ?? ''} dir="auto">
            {props.title}
          </Heading>
          {props.children}
        </div>
        <div className={styles.actions}>{props.actions}</div>
      </Dialog>
    </ModalWindow>
  );
}
