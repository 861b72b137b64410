import type { AccountId, InvitationId } from '@conclave/protocol';

/** By what somebody is known again when they come back: each null where there is none. */
export interface Known {
  readonly accountId: AccountId | null;
  readonly invitationId: InvitationId | null;
  /** Of the browser, hashed. */
  readonly visitorKey: string | null;
  /** Of the network address. Asked about for those alone who came with nothing but the passcode. */
  readonly addressKey: string | null;
}

/** This of somebody, and nothing else. */
export function knownOf({ accountId, invitationId, visitorKey, addressKey }: Known): Known {
  return { accountId, invitationId, visitorKey, addressKey };
}

/** @param byAddress where nothing better says who they are */
export function isSamePerson(one: Known, other: Known, byAddress: boolean): boolean {
  const same = (key: keyof Known) => one[key] !== null && one[key] === other[key];
  return same('accountId') || same('invitationId') || same('visitorKey') || (byAddress && same('addressKey'));
}

/** Nobody's word but their own says who they are. */
export function isSelfDeclared({ accountId, invitationId }: Known): boolean {
  return accountId === null && invitationId === null;
}
