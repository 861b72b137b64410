import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../api/useErrorText.ts';
import { Button } from './Button.tsx';
import { Dialog, DialogActions } from './Dialog.tsx';
import { Notice } from './Notice.tsx';

/** Asks before something is done that cannot be undone; stays open and says why when it fails. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly text: string;
  /** What else is to be known before. */
  readonly children?: ReactNode;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const confirm = async () => {
    setBusy(true);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={props.title} role="alertdialog" onClose={props.onClose}>
      <p>{props.text}</p>
      {props.children}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <DialogActions>
        <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
        <Button
          look={props.danger === true ? 'danger' : 'primary'}
          busy={busy}
          onPress={() => void confirm()}
        >
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
