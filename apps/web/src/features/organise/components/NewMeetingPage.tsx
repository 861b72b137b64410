import '../texts.ts';
import { type Account, LIMITS, type MeetingChoices, POLICY_ROUTES } from '@conclave/protocol';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { ChoiceFields } from '../../home/components/ChoiceFields.tsx';
import { makeMeeting } from '../../home/model/meetingList.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';
import { newDraft, scheduleOf } from '../model/scheduleDraft.ts';
import styles from './NewMeetingPage.module.css';
import { ScheduleFields } from './ScheduleFields.tsx';

/** A meeting with a title, a time and settings of its own; from here one goes on to inviting. */
export default function NewMeetingPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('organise.newTitle')}>{(account) => <NewMeeting account={account} />}</SignedIn>;
}

function NewMeeting({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const [title, setTitle] = useState('');
  const [draft, setDraft] = useState(() => newDraft(new Date()));
  const [choices, setChoices] = useState<MeetingChoices>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => call(POLICY_ROUTES.meetingPolicy), []);
  const { state: policy } = useLoaded(load);

  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const schedule = scheduleOf(draft);
    if (schedule === null) return setProblem(t('organise.invalidTime'));
    setBusy(true);
    setProblem(null);
    try {
      const given = { title: title.trim() === '' ? null : title, schedule, choices };
      const { meeting } = await makeMeeting(new PasscodeStore(account.id), given);
      await navigate(`/meetings/${meeting.id}/people`);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={(event) => void make(event)} noValidate>
      <section className={styles.part}>
        <TextField
          label={t('organise.name')}
          autoFocus
          maxLength={LIMITS.meetingTitle}
          value={title}
          onChange={setTitle}
        />
        <ScheduleFields draft={draft} onChange={setDraft} />
      </section>
      {policy.name === 'ready' && (
        <details className={styles.more}>
          <summary>{t('organise.who')}</summary>
          <div>
            <ChoiceFields
              policy={policy.value}
              choices={choices}
              onChange={setChoices}
              lead={t('organise.whoLead')}
            />
          </div>
        </details>
      )}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button type="submit" look="primary" busy={busy}>
          {t('organise.make')}
        </Button>
        <Button onPress={() => void navigate('/')}>{t('ui.cancel')}</Button>
      </div>
    </form>
  );
}
