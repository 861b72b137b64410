import { ChevronDown, LockKeyhole, Users } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../../ui/cx.ts';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import styles from './RecipientButton.module.css';
import type { Recipient } from './useRecipient.ts';

/** What it takes to search many people is fetched when it is first wanted. */
const RecipientList = lazyPart(() => import('./RecipientList.tsx'));

/** To whom one writes: everybody, or one person. */
export function RecipientButton({ recipient }: { readonly recipient: Recipient }) {
  const { chosen, offered } = recipient;
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  if (!offered) return <span />;
  const name = chosen?.name ?? t('talk.everybody');
  return (
    <span className={styles.place}>
      <span className={styles.to} aria-hidden="true">
        {t('talk.to')}
      </span>
      <Button
        ref={button}
        className={cx(styles.button, chosen !== null && styles.private)}
        aria-label={t('talk.toOf', { name })}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(!open)}
      >
        {chosen === null ? (
          <Users size={16} aria-hidden="true" />
        ) : (
          <LockKeyhole size={16} aria-hidden="true" />
        )}
        <bdi className={styles.name}>{name}</bdi>
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      {open && (
        <Suspense>
          <RecipientList button={button} recipient={recipient} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
