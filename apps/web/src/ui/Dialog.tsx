import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';
import { ModalWindow } from './ModalWindow.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `alertdialog` for a question that loses something. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Something is under way that a click beside it must not end. Escape and the cross close it. */
  readonly staysOpen?: boolean;
}

/** A window above the page: it holds the focus and closes with Escape. Mounted means open. */
export function Dialog({ title, onClose, children, role = 'dialog', staysOpen = false }: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalWindow
      isDismissable={role === 'dialog' && !staysOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <AriaDialog className={styles.dialog ?? ''} role={role}>
        <header className={styles.header}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          <IconButton name={t('ui.close')} onPress={onClose}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </header>
        {children}
      </AriaDialog>
    </ModalWindow>
  );
}

/** The row of buttons at a dialog's end. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
