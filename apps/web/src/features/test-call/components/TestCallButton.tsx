import type { Devices, Identity } from '@conclave/client';
import { PhoneCall } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import styles from './TestCallButton.module.css';

const TestCallDialog = lazyPart(() => import('./TestCallDialog.tsx'));

/** Offers a call with oneself, through the server, before anybody else is there. */
export function TestCallButton({
  devices,
  identity,
}: {
  readonly devices: Devices;
  readonly identity: Identity;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [loading, setLoading] = useState(false);
  return (
    <div className={styles.offer}>
      <Button
        icon={<PhoneCall size={18} aria-hidden="true" />}
        busy={loading}
        // Nothing has been asked for and turned on yet: one may think better of it.
        onKeyDown={(event) => (event.key === 'Escape' ? setOpen(false) : event.continuePropagation())}
        onPress={() => setOpen(true)}
      >
        {t('visit.testCall')}
      </Button>
      <p className={styles.help}>{t('visit.testCallHelp')}</p>
      {open && (
        <Suspense fallback={<Loading onChange={setLoading} />}>
          <TestCallDialog devices={devices} identity={identity} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Says for how long it stands in for something. */
function Loading({ onChange }: { readonly onChange: (loading: boolean) => void }) {
  useEffect(() => {
    onChange(true);
    return () => onChange(false);
  }, [onChange]);
  return null;
}
