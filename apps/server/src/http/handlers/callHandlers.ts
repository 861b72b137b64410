import type { CALL_ROUTES, CONTACT_ROUTES, OUTSIDE_CALL_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { blockCaller, listBlocked, unblockCaller } from '../../features/calls/blocked.ts';
import { readCallSettings } from '../../features/calls/callSettings.ts';
import { changeCallSettings } from '../../features/calls/changeCallSettings.ts';
import {
  addContact,
  deleteContact,
  listContacts,
  makeContactLink,
  revokeContactLink,
} from '../../features/calls/contacts.ts';
import { searchDirectory } from '../../features/calls/directory.ts';
import { deleteMissedCall, listMissedCalls, markMissedCalls } from '../../features/calls/missedCalls.ts';
import {
  awaitOutsideCall,
  cancelOutsideCall,
  giveOutsideSecret,
  openContactLink,
  ringByLink,
} from '../../features/calls/outsideCalls.ts';
import { ring } from '../../features/calls/ring.ts';
import { answerCall, cancelCall, declineCall, giveCallSecret } from '../../features/calls/takeCall.ts';
import type { HandlersOf } from './types.ts';

type Table = typeof CALL_ROUTES & typeof CONTACT_ROUTES & typeof OUTSIDE_CALL_ROUTES;

export function createCallHandlers({ callsPorts: ports }: Context): HandlersOf<Table> {
  return {
    ring: ({ caller, body }) => ring(ports, caller, body.accountId),
    answerCall: ({ caller, params, body }) => nothing(answerCall(ports, caller, params.id, body)),
    declineCall: ({ caller, params }) => nothing(declineCall(ports, caller, params.id)),
    cancelCall: ({ caller, params }) => nothing(cancelCall(ports, caller, params.id)),
    giveCallSecret: ({ caller, params, body }) => nothing(giveCallSecret(ports, caller, params.id, body)),
    listMissedCalls: async ({ caller }) => ({ missed: await listMissedCalls(ports, caller) }),
    markMissedCalls: ({ caller }) => nothing(markMissedCalls(ports, caller)),
    deleteMissedCall: ({ caller, params }) => nothing(deleteMissedCall(ports, caller, params.id)),
    readCallSettings: ({ caller }) => readCallSettings(ports, caller),
    changeCallSettings: ({ caller, body }) => changeCallSettings(ports, caller, body),
    listBlocked: async ({ caller }) => ({ blocked: await listBlocked(ports, caller) }),
    blockCaller: ({ caller, body }) => nothing(blockCaller(ports, caller, body.accountId)),
    unblockCaller: ({ caller, params }) => nothing(unblockCaller(ports, caller, params.account)),
    searchDirectory: ({ caller, query }) => searchDirectory(ports, caller, query.search),
    listContacts: async ({ caller }) => ({ contacts: await listContacts(ports, caller) }),
    addContact: ({ caller, body }) => addContact(ports, caller, body),
    deleteContact: ({ caller, params }) => nothing(deleteContact(ports, caller, params.id)),
    makeContactLink: ({ caller, params }) => makeContactLink(ports, caller, params.id),
    revokeContactLink: ({ caller, params }) => revokeContactLink(ports, caller, params.id),
    openContactLink: ({ address, body }) => openContactLink(ports, address, body.secret),
    ringByLink: ({ address, body }) => ringByLink(ports, address, body.secret),
    awaitOutsideCall: ({ address, params, body }) => awaitOutsideCall(ports, address, params.id, body),
    cancelOutsideCall: ({ address, params, body }) =>
      nothing(cancelOutsideCall(ports, address, params.id, body.token)),
    giveOutsideSecret: ({ address, params, body }) => giveOutsideSecret(ports, address, params.id, body),
  };
}

/** For answers without a body. */
async function nothing(done: Promise<void>): Promise<undefined> {
  await done;
  return undefined;
}
