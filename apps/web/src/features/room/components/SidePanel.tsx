import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './SidePanel.module.css';

/** What can stand beside the pictures; one at a time. */
export type PanelName = 'people' | 'chat' | 'security' | 'questions';

/** The frame of what stands beside the pictures: its title takes the focus, Escape closes it. */
export function SidePanel(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { title, onClose, children } = props;
  const { t } = useTranslation();
  const heading = useId();
  const titleElement = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const panel = titleElement.current?.closest('aside');
    titleElement.current?.focus({ preventScroll: true });
    // Whoever closes it with the keyboard goes on from where they were.
    return () => {
      const inside = panel?.contains(document.activeElement) === true;
      if (inside && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  return (
    <aside
      className={styles.panel}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={styles.header}>
        <h2 id={heading} ref={titleElement} tabIndex={-1}>
          {title}
        </h2>
        <IconButton name={t('ui.close')} onPress={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
