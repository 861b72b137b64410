import { OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { KIND_ICONS } from '../model/kinds.ts';

const Icon = KIND_ICONS.recovery;

/** How many are left, and new ones. */
export function RecoveryCodes(props: {
  readonly left: number;
  readonly onMade: (codes: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <Section title={t('factors.recovery.title')}>
      <Rows>
        <Row
          icon={<Icon size={22} aria-hidden="true" />}
          title={t('factors.recovery.left', { count: props.left })}
          detail={t('factors.recovery.lead')}
          end={<Button onPress={() => setAsking(true)}>{t('factors.recovery.renew')}</Button>}
        />
      </Rows>
      {asking && (
        <ConfirmDialog
          title={t('factors.recovery.renewTitle')}
          text={t('factors.recovery.renewText')}
          confirm={t('factors.recovery.renewConfirm')}
          onClose={() => setAsking(false)}
          onConfirm={async () => props.onMade((await call(OWN_FACTOR_ROUTES.makeRecoveryCodes)).codes)}
        />
      )}
    </Section>
  );
}
