import { OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { PasswordField } from '../../../ui/PasswordField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';

/** Only whoever knows the password takes it away. */
export function RemovePasswordDialog(props: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const account = useAccount();
  const [current, setCurrent] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong(false);
    setProblem(null);
    try {
      await call(OWN_ACCOUNT_ROUTES.removePassword, { body: { current } });
      session.changed({ ...account, hasPassword: false });
      showToast(t('ownAccount.password.removed'));
      props.onClose();
    } catch (error) {
      if (RequestError.of(error).code === 'auth.wrong_credentials') setWrong(true);
      else setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t('ownAccount.password.removeTitle')} role="alertdialog" onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void remove(event)} noValidate>
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
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="danger" busy={busy} isDisabled={current === ''}>
            {t('ownAccount.password.removeNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
