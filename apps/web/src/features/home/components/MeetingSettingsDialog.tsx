import '../../policy/texts.ts';
import { type MeetingChoices, type MeetingPolicy, POLICY_ROUTES } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { ChoiceFields } from './ChoiceFields.tsx';

interface Props {
  readonly choices: MeetingChoices;
  readonly onSave: (choices: MeetingChoices) => Promise<void>;
  readonly onClose: () => void;
}

/** What a meeting has otherwise than the organisation's defaults. */
export default function MeetingSettingsDialog(props: Props) {
  const { t } = useTranslation();
  const load = useCallback(() => call(POLICY_ROUTES.meetingPolicy), []);
  const { state, reload } = useLoaded(load);
  if (state.name === 'ready') return <Choices {...props} policy={state.value} />;
  return (
    <Dialog title={t('policy.meeting.title')} onClose={props.onClose}>
      <Shown state={state} reload={reload}>
        {() => null}
      </Shown>
    </Dialog>
  );
}

function Choices({ policy, onSave, onClose, ...props }: Props & { readonly policy: MeetingPolicy }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<MeetingChoices>(props.choices);
  return (
    <FormDialog
      title={t('policy.meeting.title')}
      save={t('ui.save')}
      onSave={async () => {
        await onSave(choices);
        showToast(t('policy.meeting.saved'));
      }}
      onClose={onClose}
    >
      <ChoiceFields policy={policy} choices={choices} onChange={setChoices} lead={t('policy.meeting.lead')} />
    </FormDialog>
  );
}
