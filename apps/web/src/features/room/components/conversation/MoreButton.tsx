import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { BarPopover } from './BarPopover.tsx';
import styles from './MoreButton.module.css';
import { ReactionRow } from './ReactionRow.tsx';

export interface MoreAction {
  readonly name: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** What a narrow bar has no room for. */
export function MoreButton({ actions }: { readonly actions: readonly MoreAction[] }) {
  const { t } = useTranslation();
  return (
    <BarPopover
      name={t('conversation.more')}
      caption={t('conversation.short.more')}
      icon={<Ellipsis size={24} aria-hidden="true" />}
      title={t('conversation.more')}
    >
      {(close) => (
        <>
          <ReactionRow onDone={close} />
          <ul className={styles.actions}>
            {actions.map(({ name, icon, disabled = false, run }) => (
              <li key={name}>
                <Button
                  className={styles.action ?? ''}
                  isDisabled={disabled}
                  onPress={() => {
                    close();
                    run();
                  }}
                >
                  {icon}
                  {name}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </BarPopover>
  );
}
