import type { Meeting } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../../ui/Dialog.tsx';
import { useAct } from '../host/useAct.ts';

/** Asks whoever a host wants on stage: nobody is shown or heard without their own word. */
export function InvitedDialog({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const act = useAct();
  const answer = (comes: boolean) => act(() => meeting.takeStage(comes));
  return (
    <Dialog title={t('webinar.invitedTitle')} role="alertdialog" onClose={() => answer(false)}>
      <p>{t('webinar.invitedText')}</p>
      <DialogActions>
        <Button onPress={() => answer(false)}>{t('webinar.decline')}</Button>
        <Button look="primary" autoFocus onPress={() => answer(true)}>
          {t('webinar.accept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
