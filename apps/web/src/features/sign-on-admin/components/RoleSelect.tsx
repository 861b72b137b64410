import '../../admin/texts.ts';
import { BuiltinRole, PEOPLE_ROUTES, type Role, type RoleId } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { call } from '../../../api/call.ts';
import { Select } from '../../../ui/Select.tsx';
import { useRoleName } from '../../admin/model/useRoleName.ts';

/** The roles that the organisation has made. None, for whoever may not see them. */
export function useOwnRoles(): readonly Role[] {
  const [roles, setRoles] = useState<readonly Role[]>([]);
  useEffect(() => {
    let current = true;
    call(PEOPLE_ROUTES.listRoles).then(
      (found) => current && setRoles(found.roles.filter((role) => role.builtin === null)),
      () => {},
    );
    return () => {
      current = false;
    };
  }, []);
  return roles;
}

/** Roles that somebody can be given from outside: all but the owner's. Whether one may give it is for the service to say. */
export function RoleSelect(props: {
  readonly label: string;
  readonly value: RoleId;
  readonly own: readonly Role[];
  readonly onChange: (role: RoleId) => void;
}) {
  const nameOf = useRoleName(props.own);
  const ids: RoleId[] = BuiltinRole.options.filter((role) => role !== 'owner');
  for (const { id } of props.own) ids.push(id);
  // One that is gone since is still what is set.
  if (!ids.includes(props.value)) ids.push(props.value);
  const options = ids.map((id) => ({ value: id, label: nameOf(id) }));
  return <Select label={props.label} value={props.value} options={options} onChange={props.onChange} />;
}
