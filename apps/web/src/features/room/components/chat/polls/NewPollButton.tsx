import type { Conversation } from '@conclave/client';
import { ChartBar } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../../../ui/lazyPart.ts';
import styles from './NewPollButton.module.css';

const NewPoll = lazyPart(() => import('./NewPoll.tsx'));

export function NewPollButton({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        className={styles.button ?? ''}
        aria-label={t('talk.poll.start')}
        aria-haspopup="dialog"
        onPress={() => setOpen(true)}
      >
        <ChartBar size={16} aria-hidden="true" />
        {t('talk.poll.new')}
      </Button>
      {open && (
        <Suspense>
          <NewPoll conversation={conversation} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
