import { type ComponentType, lazy } from 'react';

export interface OwnSection {
  readonly path: string;
  /** Below `ownAccount.sections` in the texts. */
  readonly title: OwnTitle;
  /** Open to somebody who must set up a second factor first. */
  readonly whileRestricted?: true;
  readonly Content: ComponentType;
}

export type OwnTitle = 'profile' | 'security' | 'linked' | 'devices' | 'data';

/** The parts of one's own account, in the order in which they are shown. */
export const OWN_SECTIONS: readonly OwnSection[] = [
  { path: 'profile', title: 'profile', Content: lazy(() => import('./components/ProfileSection.tsx')) },
  {
    path: 'security',
    title: 'security',
    whileRestricted: true,
    Content: lazy(() => import('../factors/components/SecuritySection.tsx')),
  },
  {
    path: 'linked',
    title: 'linked',
    Content: lazy(() => import('../sign-on/components/LinkedAccounts.tsx')),
  },
  { path: 'devices', title: 'devices', Content: lazy(() => import('./components/DevicesSection.tsx')) },
  { path: 'data', title: 'data', Content: lazy(() => import('../data/components/MyDataSection.tsx')) },
];
