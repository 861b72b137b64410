import { AccountId, CALL_ROUTES } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toasts.ts';

export function BlockDialog(props: {
  readonly accountId: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { accountId, name } = props;
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t('calls.people.blockTitle', { name })}
      text={t('calls.people.blockText')}
      confirm={t('calls.people.blockConfirm')}
      danger
      onConfirm={async () => {
        await call(CALL_ROUTES.blockCaller, { body: { accountId: AccountId.parse(accountId) } });
        showToast(t('calls.people.blocked', { name }));
      }}
      onClose={props.onClose}
    />
  );
}
