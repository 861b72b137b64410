import { LIMITS, type Meeting } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import form from '../../../ui/form.module.css';
import { TextField } from '../../../ui/TextField.tsx';
import type { MeetingList } from '../model/meetingList.ts';

export function RenameDialog(props: {
  readonly meeting: Meeting;
  readonly list: MeetingList;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [title, setTitle] = useState(props.meeting.title ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await props.list.rename(props.meeting.id, title);
      props.onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={t('home.renameTitle')} onClose={props.onClose}>
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <TextField
          label={t('home.renameLabel')}
          autoFocus
          maxLength={LIMITS.meetingTitle}
          value={title}
          onChange={setTitle}
          error={problem}
        />
        <DialogActions>
          <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('ui.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
