import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../api/useErrorText.ts';
import { Button } from './Button.tsx';
import { Dialog, DialogActions } from './Dialog.tsx';
import form from './form.module.css';
import { Notice } from './Notice.tsx';

/** A few fields in a window; stays open and says why when saving fails. */
export function FormDialog(props: {
  readonly title: string;
  readonly save: string;
  readonly disabled?: boolean;
  /** Saving takes something away. */
  readonly danger?: boolean;
  /** What cannot be undone asks as an `alertdialog`. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly onSave: () => Promise<void>;
  /** Whether a field says already what was wrong. */
  readonly isShown?: (error: unknown) => boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await props.onSave();
      props.onClose();
    } catch (error) {
      if (props.isShown?.(error) !== true) setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={props.title} role={props.role ?? 'dialog'} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void save(event)} noValidate>
        {props.children}
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button
            type="submit"
            look={props.danger === true ? 'danger' : 'primary'}
            busy={busy}
            isDisabled={props.disabled === true}
          >
            {props.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
