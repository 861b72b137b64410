import type { Meeting } from '@conclave/protocol';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { showToast } from '../../../ui/toasts.ts';
import type { MeetingList } from '../model/meetingList.ts';

const MeetingSettingsDialog = lazyPart(() => import('./MeetingSettingsDialog.tsx'));

export type Task =
  | { readonly name: 'settings' }
  | { readonly name: 'new-passcode' }
  | { readonly name: 'delete' }
  | { readonly name: 'copy-by-hand'; readonly text: string };

/** What the menu of a meeting opens. */
export function TaskDialog(props: {
  readonly task: Task;
  readonly meeting: Meeting;
  readonly list: MeetingList;
  readonly onClose: () => void;
}) {
  const { task, meeting, list, onClose } = props;
  const { t } = useTranslation();
  switch (task.name) {
    case 'settings':
      return (
        <Suspense>
          <MeetingSettingsDialog
            choices={meeting.choices}
            onSave={(choices) => list.choose(meeting.id, choices)}
            onClose={onClose}
          />
        </Suspense>
      );
    case 'copy-by-hand':
      return <CopyByHand text={task.text} onClose={onClose} />;
    case 'new-passcode':
      return (
        <ConfirmDialog
          title={t('home.newPasscodeTitle')}
          text={t('home.newPasscodeText')}
          confirm={t('home.newPasscodeConfirm')}
          onClose={onClose}
          onConfirm={async () => {
            await list.renewPasscode(meeting.id);
            showToast(t('home.newPasscodeDone'));
          }}
        />
      );
    case 'delete':
      return (
        <ConfirmDialog
          danger
          title={t('home.deleteTitle')}
          text={t('home.deleteText')}
          confirm={t('home.deleteConfirm')}
          onClose={onClose}
          onConfirm={async () => {
            await list.delete(meeting.id);
            showToast(t('home.deleted'));
          }}
        />
      );
  }
}
