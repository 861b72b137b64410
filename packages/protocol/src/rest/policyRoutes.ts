import { About, ChangePolicy, MeetingPolicy, PolicyView, Posture } from './policy.ts';
import type { RouteTable } from './route.ts';

/** What the organisation decides about its service. */
export const POLICY_ROUTES = {
  readPolicy: { method: 'GET', path: '/admin/policy', access: 'policy.read', response: PolicyView },
  changePolicy: {
    method: 'PATCH',
    path: '/admin/policy',
    access: 'policy.manage',
    stepUp: true,
    body: ChangePolicy,
    response: PolicyView,
  },
  readPosture: { method: 'GET', path: '/admin/posture', access: 'policy.read', response: Posture },
  meetingPolicy: { method: 'GET', path: '/meeting-policy', access: 'account', response: MeetingPolicy },
  about: { method: 'GET', path: '/about', access: 'anyone', response: About },
} as const satisfies RouteTable;
