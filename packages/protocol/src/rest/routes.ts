import { ACCOUNT_ROUTES } from './accountRoutes.ts';
import { CALL_ROUTES } from './callRoutes.ts';
import { CONTACT_ROUTES } from './contactRoutes.ts';
import { DATA_ROUTES } from './dataRoutes.ts';
import { DEVICE_KEY_ROUTES } from './deviceKeyRoutes.ts';
import { FACTOR_ROUTES } from './factorRoutes.ts';
import { INVITATION_ROUTES } from './invitationRoutes.ts';
import { INVITED_ROUTES } from './invitedRoutes.ts';
import { MEETING_ROUTES } from './meetingRoutes.ts';
import { OUTSIDE_CALL_ROUTES } from './outsideCallRoutes.ts';
import { OWN_ACCOUNT_ROUTES } from './ownAccountRoutes.ts';
import { PEOPLE_ROUTES } from './peopleRoutes.ts';
import { POLICY_ROUTES } from './policyRoutes.ts';
import { SIGN_ON_ROUTES } from './signOnRoutes.ts';
import { TEST_CALL_ROUTES } from './testCalls.ts';

/**
 * The REST contract, all of it. A page takes the tables that it needs: what a guest loads to join a meeting brings nothing of
 * the administration.
 */
export const ROUTES = {
  ...ACCOUNT_ROUTES,
  ...OWN_ACCOUNT_ROUTES,
  ...DEVICE_KEY_ROUTES,
  ...MEETING_ROUTES,
  ...INVITATION_ROUTES,
  ...INVITED_ROUTES,
  ...CONTACT_ROUTES,
  ...CALL_ROUTES,
  ...OUTSIDE_CALL_ROUTES,
  ...PEOPLE_ROUTES,
  ...POLICY_ROUTES,
  ...DATA_ROUTES,
  ...FACTOR_ROUTES,
  ...SIGN_ON_ROUTES,
  ...TEST_CALL_ROUTES,
} as const;

export type RouteName = keyof typeof ROUTES;
