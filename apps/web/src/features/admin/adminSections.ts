import type { Permission } from '@conclave/protocol';
import { type ComponentType, lazy } from 'react';

export interface AdminSection {
  readonly path: string;
  /** Below `admin.sections` in the texts. */
  readonly title: AdminTitle;
  /** Without it the section is not there. */
  readonly permission: Permission;
  readonly Content: ComponentType;
}

export type AdminTitle = 'people' | 'roles' | 'signOn' | 'policy' | 'posture' | 'data' | 'mail';

/** The parts of the administration, in the order in which they are shown. */
export const ADMIN_SECTIONS: readonly AdminSection[] = [
  {
    path: 'people',
    title: 'people',
    permission: 'people.read',
    Content: lazy(() => import('./components/PeopleSection.tsx')),
  },
  {
    path: 'roles',
    title: 'roles',
    permission: 'people.read',
    Content: lazy(() => import('./components/RolesSection.tsx')),
  },
  {
    path: 'sign-on',
    title: 'signOn',
    permission: 'signon.read',
    Content: lazy(() => import('../sign-on-admin/components/SignOnSection.tsx')),
  },
  {
    path: 'policy',
    title: 'policy',
    permission: 'policy.read',
    Content: lazy(() => import('../policy/components/PolicySection.tsx')),
  },
  {
    path: 'posture',
    title: 'posture',
    permission: 'policy.read',
    Content: lazy(() => import('../policy/components/PostureSection.tsx')),
  },
  {
    path: 'data',
    title: 'data',
    permission: 'policy.read',
    Content: lazy(() => import('../data/components/DataSection.tsx')),
  },
  {
    path: 'mail',
    title: 'mail',
    permission: 'mail.read',
    Content: lazy(() => import('./components/MailSection.tsx')),
  },
];
