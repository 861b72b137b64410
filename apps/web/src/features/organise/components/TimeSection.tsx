import { LIMITS, MEETING_ROUTES } from '@conclave/protocol';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { saveCalendar } from '../model/saveCalendar.ts';
import { draftOf, newDraft, scheduleOf } from '../model/scheduleDraft.ts';
import styles from './NewMeetingPage.module.css';
import { ScheduleFields } from './ScheduleFields.tsx';
import { useOrganised } from './useOrganised.ts';

/** Title and time of a meeting. */
export default function TimeSection() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { meeting, set } = useOrganised();
  const { id, schedule } = meeting;
  const [title, setTitle] = useState(meeting.title ?? '');
  const [draft, setDraft] = useState(schedule === null ? null : draftOf(schedule));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [removing, setRemoving] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const wanted = draft === null ? null : scheduleOf(draft);
    if (draft !== null && wanted === null) return setProblem(t('organise.invalidTime'));
    setBusy(true);
    setProblem(null);
    try {
      // What is not changed is not said: nobody gets a mail that has no news.
      const name = title.trim() === '' ? null : title;
      const body = {
        ...(name !== meeting.title && { title: name }),
        ...(JSON.stringify(wanted) !== JSON.stringify(schedule) && { schedule: wanted }),
      };
      if (Object.keys(body).length > 0)
        set(await call(MEETING_ROUTES.changeMeeting, { params: { id }, body }));
      showToast(t('organise.time.saved'));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  const download = async () => {
    try {
      const { calendar } = await call(MEETING_ROUTES.meetingCalendar, { params: { id } });
      saveCalendar(meeting.title, calendar);
    } catch (error) {
      showToast(errorText(error));
    }
  };

  return (
    <Section title={t('organise.sections.time')} lead={t('organise.time.lead')}>
      {schedule !== null && meeting.next === null && <Notice>{t('organise.time.past')}</Notice>}
      <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
        <div className={styles.part}>
          <TextField
            label={t('organise.name')}
            maxLength={LIMITS.meetingTitle}
            value={title}
            onChange={setTitle}
          />
          {draft === null ? (
            <div className={styles.part}>
              <p>{t('organise.time.none')}</p>
              <div>
                <Button onPress={() => setDraft(newDraft(new Date()))}>{t('organise.time.give')}</Button>
              </div>
            </div>
          ) : (
            <ScheduleFields draft={draft} onChange={setDraft} />
          )}
        </div>
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        <div className={styles.actions}>
          <Button type="submit" look="primary" busy={busy}>
            {t('organise.time.save')}
          </Button>
          {schedule !== null && (
            <>
              <Button onPress={() => void download()}>{t('organise.time.download')}</Button>
              <Button look="quiet" onPress={() => setRemoving(true)}>
                {t('organise.time.remove')}
              </Button>
            </>
          )}
        </div>
      </form>
      {removing && (
        <ConfirmDialog
          danger
          title={t('organise.time.removeTitle')}
          text={t('organise.time.removeText')}
          confirm={t('organise.time.removeConfirm')}
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            set(await call(MEETING_ROUTES.changeMeeting, { params: { id }, body: { schedule: null } }));
            setDraft(null);
          }}
        />
      )}
    </Section>
  );
}
