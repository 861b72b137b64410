import { OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../home/components/ConfirmDialog.tsx';
import { KIND_ICONS } from '../model/kinds.ts';
import { withStepUp } from '../model/stepUp.ts';
import styles from './SecuritySection.module.css';

const Icon = KIND_ICONS.recovery;

/** How many are left, and new ones. */
export function RecoveryCodes(props: {
  readonly left: number;
  readonly onMade: (codes: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.section}>
      <h2>{t('factors.recovery.title')}</h2>
      <div className={styles.list}>
        <div className={styles.row}>
          <Icon size={22} aria-hidden="true" />
          <div className={styles.words}>
            <h3>{t('factors.recovery.left', { count: props.left })}</h3>
            <p>{t('factors.recovery.lead')}</p>
          </div>
          <Button onPress={() => setAsking(true)}>{t('factors.recovery.renew')}</Button>
        </div>
      </div>
      {asking && (
        <ConfirmDialog
          title={t('factors.recovery.renewTitle')}
          text={t('factors.recovery.renewText')}
          confirm={t('factors.recovery.renewConfirm')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            props.onMade((await withStepUp(() => call(OWN_FACTOR_ROUTES.makeRecoveryCodes))).codes);
          }}
        />
      )}
    </section>
  );
}
