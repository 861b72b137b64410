import type { ReactNode } from 'react';
import { Modal, ModalOverlay, type ModalOverlayProps } from 'react-aria-components/Modal';
import { cx } from './cx.ts';
import styles from './ModalWindow.module.css';

interface ModalWindowProps
  extends Pick<ModalOverlayProps, 'isDismissable' | 'isKeyboardDismissDisabled' | 'onOpenChange'> {
  /** Small, above every other window, and there at once. */
  readonly urgent?: boolean;
  readonly children: ReactNode;
}

/** A surface above the page, of which nothing is reached meanwhile. Mounted means open. */
export function ModalWindow({ urgent = false, children, ...behaviour }: ModalWindowProps) {
  return (
    <ModalOverlay {...behaviour} className={cx(styles.overlay, urgent && styles.urgent)} isOpen>
      <Modal className={styles.modal ?? ''}>{children}</Modal>
    </ModalOverlay>
  );
}
