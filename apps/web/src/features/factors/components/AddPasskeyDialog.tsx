import './texts.ts';
import { type FactorAdded, LIMITS, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { browserHasPasskeys, createPasskey } from '../model/passkeys.ts';
import { useTask } from './useTask.ts';

export function AddPasskeyDialog(props: {
  readonly onAdded: (added: FactorAdded) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const { busy, problem, run } = useTask();

  const create = async (event: FormEvent) => {
    event.preventDefault();
    await run(async () => {
      const options = await call(OWN_FACTOR_ROUTES.askNewPasskey);
      const attestation = await createPasskey(options);
      const body = { attestation, ...(name.trim() !== '' && { name }) };
      props.onAdded(await call(OWN_FACTOR_ROUTES.addPasskey, { body }));
    });
  };

  return (
    <Dialog title={t('factors.passkey.title')} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void create(event)} noValidate>
        <p>{t('factors.passkey.text')}</p>
        {!browserHasPasskeys() && <Notice kind="warn">{t('factors.passkey.unsupported')}</Notice>}
        <TextField
          label={t('factors.passkey.name')}
          help={t('factors.passkey.nameHelp')}
          maxLength={LIMITS.participantName}
          value={name}
          onChange={setName}
        />
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} isDisabled={!browserHasPasskeys()}>
            {t('factors.passkey.create')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
