import {
  LIMITS,
  OWNER_ONLY,
  PEOPLE_ROUTES,
  PERMISSIONS,
  type Permission,
  type Role,
} from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useAccount } from '../../account/components/useAccount.ts';
import styles from './RoleDialog.module.css';

/** A role of the organisation's own, new or changed. One can give no right that one does not have. */
export function RoleDialog(props: {
  readonly role: Role | null;
  readonly onSaved: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { abilities } = useAccount();
  const { role } = props;
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const choose = (permission: Permission, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(permission);
    else next.delete(permission);
    setChosen(next);
  };
  const save = async () => {
    const body = { name, permissions: [...chosen] };
    if (role === null) await call(PEOPLE_ROUTES.createRole, { body });
    else await call(PEOPLE_ROUTES.changeRole, { params: { id: role.id }, body });
    await props.onSaved();
  };
  return (
    <FormDialog
      title={role === null ? t('admin.rolesPage.make') : t('admin.rolesPage.editOf', { name: role.name })}
      save={t('admin.rolesPage.save')}
      disabled={name.trim() === ''}
      onSave={save}
      onClose={props.onClose}
    >
      <TextField
        label={t('admin.rolesPage.name')}
        autoFocus
        maxLength={LIMITS.meetingTitle}
        value={name}
        onChange={setName}
      />
      <fieldset className={styles.rights}>
        <legend>{t('admin.rolesPage.rights')}</legend>
        {PERMISSIONS.filter((permission) => !OWNER_ONLY.includes(permission)).map((permission) => (
          <Checkbox
            key={permission}
            checked={chosen.has(permission)}
            disabled={!abilities.includes(permission)}
            onChange={(on) => choose(permission, on)}
          >
            {t(`admin.permissions.${permission}`)}
          </Checkbox>
        ))}
      </fieldset>
    </FormDialog>
  );
}
