import { INVITATION_ROUTES, type Invitation, type Meeting } from '@conclave/protocol';
import { CalendarCheck, Ellipsis, KeyRound, Link2, Link2Off, Mail, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { invitationLink } from '../../home/model/links.ts';
import { openPasscodeMail } from '../model/passcodeMail.ts';
import { saveCalendar } from '../model/saveCalendar.ts';

export interface InvitationRowProps {
  readonly meeting: Meeting;
  readonly invitation: Invitation;
  /** Null when this browser does not have it. */
  readonly passcode: string | null;
  readonly mail: boolean;
  readonly mayChange: boolean;
  /** Null: it is deleted. */
  readonly onChanged: (invitation: Invitation | null) => void;
}

type Question = 'renew' | 'revoke' | 'delete';

/** What can be done with one invitation. */
export function InvitationMenu(
  props: InvitationRowProps & { readonly copy: (text: string, done: string) => Promise<void> },
) {
  const { meeting, invitation, passcode, mail, onChanged, copy } = props;
  const { name, email, secret } = invitation;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [question, setQuestion] = useState<Question | null>(null);
  const params = { id: meeting.id, invitation: invitation.id };
  const icon = { size: 18, 'aria-hidden': true } as const;
  const attempt = (action: () => Promise<void>) =>
    void action().catch((error) => showToast(errorText(error)));
  const send = async () => {
    onChanged(await call(INVITATION_ROUTES.mailInvitation, { params }));
    showToast(t('organise.people.mailSent', { name }));
  };
  const download = async () => {
    const { calendar } = await call(INVITATION_ROUTES.invitationCalendar, { params });
    saveCalendar(meeting.title, calendar);
  };
  const answers: Record<Question, () => Promise<void>> = {
    async renew() {
      onChanged(await call(INVITATION_ROUTES.renewInvitation, { params }));
      showToast(t('organise.people.renewed'));
    },
    async revoke() {
      onChanged(await call(INVITATION_ROUTES.revokeInvitation, { params }));
      showToast(t('organise.people.revoked'));
    },
    async delete() {
      await call(INVITATION_ROUTES.deleteInvitation, { params });
      onChanged(null);
      showToast(t('organise.people.deleted'));
    },
  };
  const good = secret !== null;

  return (
    <>
      <Menu name={t('organise.people.more', { name })} icon={<Ellipsis size={22} aria-hidden="true" />}>
        {good && mail && email !== null && (
          <MenuAction icon={<Mail {...icon} />} onAction={() => attempt(send)}>
            {t(invitation.mailedAt === null ? 'organise.people.mail' : 'organise.people.mailAgain')}
          </MenuAction>
        )}
        {passcode !== null && (
          <MenuAction
            icon={<KeyRound {...icon} />}
            onAction={() => openPasscodeMail(t, { to: email, title: meeting.title, passcode })}
          >
            {t('organise.people.mailPasscode')}
          </MenuAction>
        )}
        {good && meeting.schedule !== null && (
          <MenuAction icon={<CalendarCheck {...icon} />} onAction={() => attempt(download)}>
            {t('organise.people.download')}
          </MenuAction>
        )}
        {good && passcode !== null && (
          <MenuAction
            icon={<Link2 {...icon} />}
            onAction={() =>
              void copy(
                invitationLink(location.origin, meeting.id, secret, passcode),
                t('organise.people.copiedBoth', { name }),
              )
            }
          >
            {t('organise.people.copyBoth')}
          </MenuAction>
        )}
        <MenuAction icon={<RefreshCw {...icon} />} onAction={() => setQuestion('renew')}>
          {t('organise.people.renew')}
        </MenuAction>
        {good && (
          <MenuAction danger icon={<Link2Off {...icon} />} onAction={() => setQuestion('revoke')}>
            {t('organise.people.revoke')}
          </MenuAction>
        )}
        <MenuAction danger icon={<Trash2 {...icon} />} onAction={() => setQuestion('delete')}>
          {t('organise.people.delete')}
        </MenuAction>
      </Menu>
      {question !== null && (
        <ConfirmDialog
          danger={question !== 'renew'}
          title={t(`organise.people.${question}Title`, { name })}
          text={t(`organise.people.${question}Text`)}
          confirm={t(`organise.people.${question}Confirm`)}
          onClose={() => setQuestion(null)}
          onConfirm={answers[question]}
        />
      )}
    </>
  );
}
