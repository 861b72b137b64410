import type { Devices, Identity } from '@conclave/client';
import { PhoneCall } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import styles from './TestCallButton.module.css';

const TestCallDialog = lazy(() => import('./TestCallDialog.tsx'));

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
  return (
    <div className={styles.offer}>
      <Button icon={<PhoneCall size={18} aria-hidden="true" />} onPress={() => setOpen(true)}>
        {t('visit.testCall')}
      </Button>
      <p className={styles.help}>{t('visit.testCallHelp')}</p>
      {open && (
        <Suspense>
          <TestCallDialog devices={devices} identity={identity} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
