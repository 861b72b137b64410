import { OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';

/** Only whoever knows the password takes it away. */
export function RemovePasswordDialog(props: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const account = useAccount();
  const [current, setCurrent] = useState('');
  const [wrong, setWrong] = useState(false);

  const remove = async () => {
    await call(OWN_ACCOUNT_ROUTES.removePassword, { body: { current } });
    session.changed({ ...account, hasPassword: false });
    showToast(t('ownAccount.password.removed'));
  };

  const isWrong = (error: unknown): boolean => {
    const isSo = RequestError.of(error).code === 'auth.wrong_credentials';
    setWrong(isSo);
    return isSo;
  };

  return (
    <FormDialog
      title={t('ownAccount.password.removeTitle')}
      save={t('ownAccount.password.removeNow')}
      danger
      role="alertdialog"
      disabled={current === ''}
      onSave={remove}
      isShown={isWrong}
      onClose={props.onClose}
    >
      <p>{t('ownAccount.password.removeText')}</p>
      <PasswordField
        label={t('ownAccount.password.current')}
        name="current-password"
        autoComplete="current-password"
        value={current}
        onChange={(value) => {
          setCurrent(value);
          setWrong(false);
        }}
        error={wrong ? t('ownAccount.password.wrong') : null}
      />
    </FormDialog>
  );
}
