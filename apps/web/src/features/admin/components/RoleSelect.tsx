import type { Role, RoleId } from '@conclave/protocol';
import { isBuiltinRole } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Select } from '../../../ui/Select.tsx';
import { useAccount } from '../../account/components/useAccount.ts';
import { useRoleName } from '../model/useRoleName.ts';
import styles from './RoleSelect.module.css';

/** Those roles that one may give: none with a right that one does not have. */
export function RoleSelect(props: {
  readonly roles: readonly Role[];
  readonly value: RoleId;
  readonly onChange: (role: RoleId) => void;
}) {
  const { t } = useTranslation();
  const { abilities, role: own } = useAccount();
  const nameOf = useRoleName(props.roles);
  const open = props.roles.filter(
    ({ id, permissions }) =>
      (id !== 'owner' || own === 'owner') &&
      permissions.every((permission) => abilities.includes(permission)),
  );
  return (
    <div className={styles.role}>
      <Select
        label={t('admin.people.role')}
        value={props.value}
        options={open.map(({ id }) => ({ value: id, label: nameOf(id) }))}
        onChange={props.onChange}
      />
      {isBuiltinRole(props.value) && <p className={styles.help}>{t(`admin.rolesAre.${props.value}`)}</p>}
    </div>
  );
}
