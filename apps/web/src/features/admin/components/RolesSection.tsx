import { PEOPLE_ROUTES, PERMISSIONS, type Permission, type Role } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { RoleDialog } from './RoleDialog.tsx';

/** What each role may do, and roles of the organisation's own. */
export default function RolesSection() {
  const { t } = useTranslation();
  const mayManage = useAccount().abilities.includes('roles.manage');
  const [editing, setEditing] = useState<Role | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Role | null>(null);
  const load = useCallback(async () => (await call(PEOPLE_ROUTES.listRoles)).roles, []);
  const { state, reload } = useLoaded(load);
  const rightsOf = (permissions: readonly Permission[]) =>
    permissions.length === 0
      ? t('admin.rolesPage.nothing')
      : permissions.length === PERMISSIONS.length
        ? t('admin.rolesPage.all')
        : permissions.map((permission) => t(`admin.permissions.${permission}`)).join(', ');

  return (
    <Shown state={state} reload={reload}>
      {(roles) => (
        <>
          <Section title={t('admin.rolesPage.builtin')} lead={t('admin.rolesPage.lead')}>
            <Rows>
              {roles.flatMap(({ builtin, permissions, people }) =>
                builtin === null
                  ? []
                  : [
                      <Row
                        key={builtin}
                        title={t(`admin.roles.${builtin}`)}
                        mark={t('admin.rolesPage.people', { count: people })}
                        detail={
                          <>
                            <p>{t(`admin.rolesAre.${builtin}`)}</p>
                            <p>{rightsOf(permissions)}</p>
                          </>
                        }
                      />,
                    ],
              )}
            </Rows>
          </Section>
          <Section
            title={t('admin.rolesPage.own')}
            {...(roles.some(({ builtin }) => builtin === null) ? {} : { lead: t('admin.rolesPage.ownNone') })}
            actions={
              mayManage && <Button onPress={() => setEditing('new')}>{t('admin.rolesPage.make')}</Button>
            }
          >
            {roles.some(({ builtin }) => builtin === null) && (
              <Rows>
                {roles
                  .filter(({ builtin }) => builtin === null)
                  .map((role) => (
                    <Row
                      key={role.id}
                      title={role.name}
                      mark={t('admin.rolesPage.people', { count: role.people })}
                      detail={rightsOf(role.permissions)}
                      end={
                        mayManage && (
                          <>
                            <Button
                              aria-label={t('admin.rolesPage.editOf', { name: role.name })}
                              onPress={() => setEditing(role)}
                            >
                              {t('admin.rolesPage.edit')}
                            </Button>
                            {role.people === 0 && (
                              <Button
                                look="quiet"
                                aria-label={t('admin.rolesPage.removeOf', { name: role.name })}
                                onPress={() => setDeleting(role)}
                              >
                                {t('admin.rolesPage.remove')}
                              </Button>
                            )}
                          </>
                        )
                      }
                    />
                  ))}
              </Rows>
            )}
          </Section>
          {editing !== null && (
            <RoleDialog
              role={editing === 'new' ? null : editing}
              onSaved={reload}
              onClose={() => setEditing(null)}
            />
          )}
          {deleting !== null && (
            <ConfirmDialog
              danger
              title={t('admin.rolesPage.removeTitle', { name: deleting.name })}
              text={t('admin.rolesPage.removeLead')}
              confirm={t('admin.rolesPage.remove')}
              onConfirm={async () => {
                await call(PEOPLE_ROUTES.deleteRole, { params: { id: deleting.id } });
                showToast(t('admin.rolesPage.removed', { name: deleting.name }));
                await reload();
              }}
              onClose={() => setDeleting(null)}
            />
          )}
        </>
      )}
    </Shown>
  );
}
