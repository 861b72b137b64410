import { INVITATION_ROUTES, type Invitation, type InvitationList } from '@conclave/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { useAccount } from '../../account/components/useAccount.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';
import { InvitationRow } from './InvitationRow.tsx';
import { InviteForm } from './InviteForm.tsx';
import { PasscodeApart } from './PasscodeApart.tsx';
import { useOrganised } from './useOrganised.ts';

/** Who is invited to a meeting, and how far each of them is. */
export default function PeopleSection() {
  const { t } = useTranslation();
  const account = useAccount();
  const { meeting } = useOrganised();
  const { id } = meeting;
  const load = useCallback(() => call(INVITATION_ROUTES.listInvitations, { params: { id } }), [id]);
  const { state, reload, set } = useLoaded(load);
  const passcode = new PasscodeStore(account.id).get(id);
  const replace = (list: InvitationList) => (invitation: Invitation | null, former: Invitation) => {
    const invitations = list.invitations.flatMap((one) => (one.id === former.id ? (invitation ?? []) : one));
    set({ ...list, invitations });
  };
  return (
    <Section title={t('organise.sections.people')} lead={t('organise.people.lead')}>
      <Shown state={state} reload={reload}>
        {(list) => (
          <>
            {list.mayChange ? (
              <>
                <PasscodeApart meeting={meeting} passcode={passcode} />
                <InviteForm meetingId={id} mail={list.mail} onInvited={set} />
              </>
            ) : (
              <Notice>{t('organise.people.readOnly')}</Notice>
            )}
            {list.invitations.length === 0 && <p>{t('organise.people.none')}</p>}
            {list.invitations.length > 0 && (
              <Rows>
                {list.invitations.map((invitation) => (
                  <InvitationRow
                    key={invitation.id}
                    meeting={meeting}
                    invitation={invitation}
                    passcode={passcode}
                    mail={list.mail}
                    mayChange={list.mayChange}
                    onChanged={(changed) => replace(list)(changed, invitation)}
                  />
                ))}
              </Rows>
            )}
          </>
        )}
      </Shown>
    </Section>
  );
}
