import type { ROUTES } from '@conclave/protocol';
import type { Context } from '../context.ts';
import { createAccountHandlers } from './handlers/accountHandlers.ts';
import { createCallHandlers } from './handlers/callHandlers.ts';
import { createDataHandlers } from './handlers/dataHandlers.ts';
import { createDeviceKeyHandlers } from './handlers/deviceKeyHandlers.ts';
import { createFactorHandlers } from './handlers/factorHandlers.ts';
import { createInvitationHandlers } from './handlers/invitationHandlers.ts';
import { createMeetingHandlers } from './handlers/meetingHandlers.ts';
import { createOwnAccountHandlers } from './handlers/ownAccountHandlers.ts';
import { createPeopleHandlers } from './handlers/peopleHandlers.ts';
import { createPolicyHandlers } from './handlers/policyHandlers.ts';
import { createSignOnHandlers } from './handlers/signOnHandlers.ts';
import { createTestCallHandlers } from './handlers/testCallHandlers.ts';
import type { HandlersOf } from './handlers/types.ts';

/** Every route of the contract and what does it. */
export function createHandlers(context: Context): HandlersOf<typeof ROUTES> {
  return {
    ...createAccountHandlers(context),
    ...createOwnAccountHandlers(context),
    ...createDeviceKeyHandlers(context),
    ...createMeetingHandlers(context),
    ...createInvitationHandlers(context),
    ...createCallHandlers(context),
    ...createPeopleHandlers(context),
    ...createPolicyHandlers(context),
    ...createDataHandlers(context),
    ...createFactorHandlers(context),
    ...createSignOnHandlers(context),
    ...createTestCallHandlers(context),
  };
}
