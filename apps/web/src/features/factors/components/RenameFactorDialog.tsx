import { type Factor, LIMITS, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { TextField } from '../../../ui/TextField.tsx';

export function RenameFactorDialog(props: {
  readonly factor: Factor;
  readonly onRenamed: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [name, setName] = useState<string>(props.factor.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await call(OWN_FACTOR_ROUTES.renameFactor, { params: { id: props.factor.id }, body: { name } });
      await props.onRenamed();
      props.onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t('factors.renameTitle')} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <TextField
          label={t('factors.renameLabel')}
          autoFocus
          maxLength={LIMITS.participantName}
          value={name}
          onChange={setName}
          error={problem}
        />
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} isDisabled={name.trim() === ''}>
            {t('ui.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
