import { INVITATION_ROUTES, type InvitationList, LIMITS, type MeetingId } from '@conclave/protocol';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { parsePeople } from '../model/parsePeople.ts';
import styles from './PeopleSection.module.css';

/** One person, or a whole list as it was in a mail program. */
export function InviteForm(props: {
  readonly meetingId: MeetingId;
  /** Whether the service can send mails. */
  readonly mail: boolean;
  readonly onInvited: (list: InvitationList) => void;
}) {
  const { meetingId, mail } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [send, setSend] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { people, wrong } = useMemo(() => parsePeople(text), [text]);
  const addressed = people.filter(({ email }) => email !== null).length;

  const invite = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const [first] = wrong;
    if (first !== undefined) return setProblem(t('organise.people.wrong', { text: first }));
    if (people.length > LIMITS.invitedAtOnce)
      return setProblem(t('organise.people.tooMany', { count: LIMITS.invitedAtOnce }));
    setBusy(true);
    setProblem(null);
    try {
      const body = { people: [...people], send: send && mail };
      const list = await call(INVITATION_ROUTES.invite, { params: { id: meetingId }, body });
      props.onInvited(list);
      setText('');
      showToast(told(list));
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(false);
  };
  const told = ({ invitations }: InvitationList) => {
    const invited = t('organise.people.invited', { count: people.length });
    if (!send || !mail || addressed === 0) return invited;
    const mailed = invitations
      .slice(-people.length)
      .filter(({ email, mailedAt }) => email !== null && mailedAt !== null).length;
    const left = addressed - mailed;
    return left > 0
      ? `${invited} ${t('organise.people.notMailed', { count: left })}`
      : `${invited} ${t('organise.people.mailed', { count: mailed })}`;
  };

  return (
    <form className={styles.form} onSubmit={(event) => void invite(event)} noValidate>
      <TextArea
        label={t('organise.people.who')}
        help={t('organise.people.whoHelp')}
        rows={3}
        prose
        value={text}
        error={problem}
        onChange={(value) => {
          setText(value);
          setProblem(null);
        }}
      />
      {mail ? (
        <Checkbox checked={send} onChange={setSend}>
          {t('organise.people.send')}
        </Checkbox>
      ) : (
        <p>{t('organise.people.noMail')}</p>
      )}
      <div className={styles.submit}>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          isDisabled={people.length === 0 && wrong.length === 0}
        >
          {t('organise.people.invite')}
        </Button>
        {people.length > 0 && <span>{t('organise.people.found', { count: people.length })}</span>}
      </div>
    </form>
  );
}
