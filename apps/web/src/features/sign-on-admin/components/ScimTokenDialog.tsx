import '../texts.ts';
import { type Provider, ProviderId, SIGN_ON_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { CopyField } from './CopyField.tsx';
import styles from './SignOnSection.module.css';

/** Makes a token, and shows it this once. */
export function ScimTokenDialog(props: {
  readonly providers: readonly Provider[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [provider, setProvider] = useState('');
  const [token, setToken] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { name, provider: provider === '' ? null : ProviderId.parse(provider) };
      const made = await withStepUp(() => call(SIGN_ON_ROUTES.createScimToken, { body }));
      setToken(made.token);
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };

  if (token !== null) {
    return (
      <Dialog title={t('signOnAdmin.scim.createdTitle')} onClose={props.onClose}>
        <Notice kind="warn">{t('signOnAdmin.scim.createdText')}</Notice>
        <CopyField label={t('signOnAdmin.scim.token')} text={token} />
        <DialogActions>
          <Button look="primary" onPress={props.onClose}>
            {t('ui.close')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('signOnAdmin.scim.createTitle')} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void make(event)}>
        <TextField
          label={t('signOnAdmin.scim.name')}
          autoFocus
          maxLength={120}
          value={name}
          onChange={setName}
          error={problem}
        />
        <Select
          label={t('signOnAdmin.scim.provider')}
          value={provider}
          options={[
            { value: '', label: t('signOnAdmin.scim.noProvider') },
            ...props.providers.map((one) => ({ value: one.id as string, label: one.name })),
          ]}
          onChange={setProvider}
        />
        <p className={styles.soft}>{t('signOnAdmin.scim.providerHelp')}</p>
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} isDisabled={name.trim() === ''}>
            {t('signOnAdmin.scim.create')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
