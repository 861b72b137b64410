import { isBuiltinRole, type Role, type RoleId } from '@conclave/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** The name of a role: of a built-in one in the language of the page. */
export function useRoleName(roles: readonly Role[]): (id: RoleId) => string {
  const { t } = useTranslation();
  return useCallback(
    (id) =>
      isBuiltinRole(id) ? t(`admin.roles.${id}`) : (roles.find((role) => role.id === id)?.name ?? '–'),
    [t, roles],
  );
}
