import { type Invited, LIMITS, PEOPLE_ROUTES, type Person, type Role } from '@conclave/protocol';
import { Ban, Ellipsis, Fingerprint, KeyRound, LogOut, MailPlus, Pencil, Undo2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { Row } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import type { PeopleList } from '../model/peopleList.ts';
import { useRoleName } from '../model/useRoleName.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { useAct } from './useAct.ts';

type Task = 'role' | 'rename' | 'factors' | 'suspend';

const PersonFactorsDialog = lazyPart(() => import('../../factors/components/PersonFactorsDialog.tsx'));

/** Somebody with an account, and what may be done with it. */
export function PersonRow(props: {
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly list: PeopleList;
  readonly onInvited: (invited: Invited) => void;
}) {
  const { t } = useTranslation();
  const act = useAct();
  const account = useAccount();
  const nameOf = useRoleName(props.roles);
  const [task, setTask] = useState<Task | null>(null);
  const { person, list } = props;
  const { id, name, status } = person;
  const self = id === account.id;
  const params = { id };

  const change = async (body: { name?: string; role?: string; status?: 'active' | 'suspended' }) =>
    list.put(await call(PEOPLE_ROUTES.changePerson, { params, body }));
  const inviteAgain = () =>
    act(async () => props.onInvited(await call(PEOPLE_ROUTES.inviteAgain, { params })), null);
  const restore = () => act(() => change({ status: 'active' }), t('admin.people.restored', { name }));
  const signOut = () =>
    act(() => call(PEOPLE_ROUTES.signPersonOut, { params }), t('admin.people.signedOut', { name }));

  const seen =
    person.lastSeenAt === null
      ? t('admin.people.neverSeen')
      : t('admin.people.seen', { when: timeAgo(person.lastSeenAt, Date.now()) });
  const mark = self
    ? t('admin.people.you')
    : status === 'active'
      ? null
      : status === 'invited'
        ? t('admin.people.invited')
        : t('admin.people.suspended');

  return (
    <>
      <Row
        title={name}
        mark={mark}
        faded={status === 'suspended'}
        detail={`${person.email} · ${nameOf(person.role)} · ${seen}`}
        end={
          mayChange(account.abilities, account.role, person, props.roles) && (
            <Menu name={t('admin.people.actions', { name })} icon={<Ellipsis size={20} aria-hidden="true" />}>
              <MenuAction icon={<KeyRound size={18} aria-hidden="true" />} onAction={() => setTask('role')}>
                {t('admin.people.changeRole')}
              </MenuAction>
              <MenuAction icon={<Pencil size={18} aria-hidden="true" />} onAction={() => setTask('rename')}>
                {t('admin.people.rename')}
              </MenuAction>
              {status === 'invited' && (
                <MenuAction
                  icon={<MailPlus size={18} aria-hidden="true" />}
                  onAction={() => void inviteAgain()}
                >
                  {t('admin.people.inviteAgain')}
                </MenuAction>
              )}
              {status !== 'invited' && (
                <MenuAction
                  icon={<Fingerprint size={18} aria-hidden="true" />}
                  onAction={() => setTask('factors')}
                >
                  {t('admin.people.factors')}
                </MenuAction>
              )}
              {status === 'active' && !self && (
                <MenuAction icon={<LogOut size={18} aria-hidden="true" />} onAction={() => void signOut()}>
                  {t('admin.people.signOut')}
                </MenuAction>
              )}
              {status === 'suspended' && (
                <MenuAction icon={<Undo2 size={18} aria-hidden="true" />} onAction={() => void restore()}>
                  {t('admin.people.restore')}
                </MenuAction>
              )}
              {status !== 'suspended' && !self && (
                <MenuAction
                  danger
                  icon={<Ban size={18} aria-hidden="true" />}
                  onAction={() => setTask('suspend')}
                >
                  {t('admin.people.suspend')}
                </MenuAction>
              )}
            </Menu>
          )
        }
      />
      {task === 'factors' && (
        <Suspense>
          <PersonFactorsDialog id={id} name={name} onClose={() => setTask(null)} />
        </Suspense>
      )}
      {task === 'suspend' && (
        <ConfirmDialog
          danger
          title={t('admin.people.suspendTitle', { name })}
          text={t('admin.people.suspendLead')}
          confirm={t('admin.people.suspend')}
          onConfirm={async () => {
            await change({ status: 'suspended' });
            showToast(t('admin.people.suspendDone', { name }));
          }}
          onClose={() => setTask(null)}
        />
      )}
      {task === 'role' && (
        <ChangeRoleDialog
          person={person}
          roles={props.roles}
          onSave={async (role) => {
            await change({ role });
            showToast(t('admin.people.roleChanged', { name, role: nameOf(role) }));
          }}
          onClose={() => setTask(null)}
        />
      )}
      {task === 'rename' && (
        <RenameDialog
          person={person}
          onSave={(given) => change({ name: given })}
          onClose={() => setTask(null)}
        />
      )}
    </>
  );
}

function ChangeRoleDialog(props: {
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly onSave: (role: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [role, setRole] = useState<string>(props.person.role);
  return (
    <FormDialog
      title={t('admin.people.roleTitle', { name: props.person.name })}
      save={t('ui.save')}
      disabled={role === props.person.role}
      onSave={() => props.onSave(role)}
      onClose={props.onClose}
    >
      <RoleSelect roles={props.roles} value={role} onChange={setRole} />
    </FormDialog>
  );
}

function RenameDialog(props: {
  readonly person: Person;
  readonly onSave: (name: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(props.person.name);
  return (
    <FormDialog
      title={t('admin.people.renameTitle', { name: props.person.name })}
      save={t('ui.save')}
      disabled={name.trim() === ''}
      onSave={() => props.onSave(name)}
      onClose={props.onClose}
    >
      <TextField
        label={t('admin.people.name')}
        autoFocus
        maxLength={LIMITS.participantName}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}

/** As the server judges it (`mayManage`): nobody changes somebody who may do more than they. */
function mayChange(
  abilities: readonly string[],
  ownRole: string,
  person: Person,
  roles: readonly Role[],
): boolean {
  if (!abilities.includes('people.manage')) return false;
  if (person.role === 'owner') return ownRole === 'owner';
  const role = roles.find(({ id }) => id === person.role);
  return role?.permissions.every((permission) => abilities.includes(permission)) ?? true;
}
