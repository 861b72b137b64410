import '../texts.ts';
import type { SignOnOverview } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';

/** Asks before passwords are switched off, wherever that is done, and says whom it would shut out. */
export function SsoOnlyDialog(props: {
  readonly overview: SignOnOverview;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { providers, ownersWithoutFactor, outsideDomains } = props.overview;
  const makesAccounts = providers.some(({ enabled, createsAccounts }) => enabled && createsAccounts);
  return (
    <ConfirmDialog
      title={t('signOnAdmin.only.confirmTitle')}
      text={t('signOnAdmin.only.confirmText')}
      confirm={t('signOnAdmin.only.turnOn')}
      onClose={props.onClose}
      onConfirm={props.onConfirm}
    >
      {!makesAccounts && <Notice kind="warn">{t('signOnAdmin.only.noAccounts')}</Notice>}
      {ownersWithoutFactor.length > 0 && (
        <Notice kind="warn">
          {t('signOnAdmin.only.ownersOut', { names: ownersWithoutFactor.join(', ') })}
        </Notice>
      )}
      {outsideDomains > 0 && (
        <Notice kind="warn">{t('signOnAdmin.only.outside', { count: outsideDomains })}</Notice>
      )}
    </ConfirmDialog>
  );
}
