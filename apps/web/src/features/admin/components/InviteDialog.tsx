import { type Invited, LIMITS, PEOPLE_ROUTES, type Role } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useSignOnWays } from '../../sign-on/components/useSignOnWays.ts';
import { RoleSelect } from './RoleSelect.tsx';

export function InviteDialog(props: {
  readonly roles: readonly Role[];
  readonly onInvited: (invited: Invited) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('organiser');
  const ssoOnly = useSignOnWays('').choices?.ssoOnly === true;
  const send = async () =>
    props.onInvited(await call(PEOPLE_ROUTES.invitePerson, { body: { name, email, role } }));
  return (
    <FormDialog
      title={t('admin.people.invite')}
      save={t('admin.people.send')}
      disabled={name.trim() === '' || email.trim() === ''}
      onSave={send}
      onClose={props.onClose}
    >
      <p>{ssoOnly ? t('admin.people.inviteLeadSignOn') : t('admin.people.inviteLead')}</p>
      <TextField
        label={t('admin.people.name')}
        autoFocus
        autoComplete="off"
        maxLength={LIMITS.participantName}
        value={name}
        onChange={setName}
      />
      <TextField
        label={t('admin.people.email')}
        type="email"
        autoComplete="off"
        maxLength={LIMITS.email}
        value={email}
        onChange={setEmail}
      />
      <RoleSelect roles={props.roles} value={role} onChange={setRole} />
      {ssoOnly && role === 'owner' && <Notice kind="warn">{t('admin.people.inviteOwnerSignOn')}</Notice>}
    </FormDialog>
  );
}
