import type { ReactNode, RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import styles from './AbovePopover.module.css';

/** Mounted means open. It closes with Escape and with a press elsewhere. */
export default function AbovePopover(props: {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Popover
      className={styles.popover ?? ''}
      triggerRef={props.button}
      placement="top"
      offset={12}
      isOpen
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Dialog className={styles.dialog ?? ''} aria-label={props.title}>
        {props.children}
      </Dialog>
    </Popover>
  );
}
