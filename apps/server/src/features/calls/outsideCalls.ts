import { randomUUID } from 'node:crypto';
import type { GiveOutsideSecret, OutsideEntry, RingingOutside } from '@conclave/protocol';
import {
  type AwaitOutsideCall,
  type CallId,
  ConclaveError,
  type InvitationId,
  type OpenedContactLink,
  type OutsideCallState,
} from '@conclave/protocol';
import type * as z from 'zod/mini';
import { mayRingFromOutside } from '../../policy/calls.ts';
import { hashToken, makeToken, sameBytes } from '../../security/tokens.ts';
import { findContact, findContactByLink, updateContact } from '../../storage/repositories/contacts.ts';
import { insertInvitations } from '../../storage/repositories/invitations.ts';
import { awaitChange } from './awaitChange.ts';
import type { Call, CallOwner } from './CallDesk.ts';
import { connect } from './connect.ts';
import type { CallsPorts } from './ports.ts';
import { begin, logged } from './ring.ts';

type ContactOwner = Extract<CallOwner, { kind: 'contact' }>;

/** Who opens the link is told both names, which whoever gave it to them has chosen. @throws ConclaveError call.link_invalid, auth.too_many_attempts */
export async function openContactLink(
  ports: CallsPorts,
  address: string,
  secret: string,
): Promise<OpenedContactLink> {
  return logged(ports, null, async () => {
    const contact = await linked(ports, address, secret);
    if (contact.link_seen_at === null)
      await updateContact(ports.db, contact.account_id, contact.id, {
        link_seen_at: new Date(ports.clock()),
      });
    return { callee: contact.owner_name, name: contact.name };
  });
}

/** @throws ConclaveError call.link_invalid, call.busy, auth.too_many_attempts */
export async function ringByLink(
  ports: CallsPorts,
  address: string,
  secret: string,
): Promise<z.output<typeof RingingOutside>> {
  return logged(ports, null, async () => {
    const contact = await linked(ports, address, secret);
    const token = makeToken();
    const owner: ContactOwner = { kind: 'contact', contactId: contact.id, tokenHash: hashToken(token) };
    ports.desk.refuseSecond(owner);
    await ports.rings.begin({ caller: contact.id, pair: contact.id });
    const from = { kind: 'contact', contactId: contact.id, name: contact.name } as const;
    const ringing = await begin(ports, { owner, from, callee: contact.account_id });
    // Whoever has taken the link back in between has done so before it rings.
    if ((await findContactByLink(ports.db, hashToken(secret)))?.id !== contact.id) {
      ports.desk.hush(ringing.callId);
    }
    return { ...ringing, token };
  });
}

/**
 * How the call stands, as soon as it is not as the caller knows it, or after a while.
 * @throws ConclaveError call.not_found, auth.too_many_attempts
 */
export async function awaitOutsideCall(
  ports: CallsPorts,
  address: string,
  id: CallId,
  { token, after }: z.output<typeof AwaitOutsideCall>,
): Promise<OutsideCallState> {
  return logged(ports, null, async () => {
    await ownCall(ports, address, id, token);
    ports.waiting.set(id, (ports.waiting.get(id) ?? 0) + 1);
    try {
      return present(await awaitChange(ports, id, after));
    } finally {
      // The next request comes at once; the desk gives it some seconds.
      const left = (ports.waiting.get(id) ?? 1) - 1;
      if (left > 0) ports.waiting.set(id, left);
      else ports.waiting.delete(id);
    }
  });
}

/** Again is no error. @throws ConclaveError call.not_found, auth.too_many_attempts */
export async function cancelOutsideCall(
  ports: CallsPorts,
  address: string,
  id: CallId,
  token: string,
): Promise<void> {
  return logged(ports, null, async () => {
    await ownCall(ports, address, id, token);
    ports.desk.do(id, { do: 'cancel' });
  });
}

/**
 * The meeting is the callee's: whoever has no account has none. The caller gets an invitation to it, and comes straight in.
 * @throws ConclaveError call.not_found, call.over, auth.too_many_attempts; request.invalid on a taken id
 */
export async function giveOutsideSecret(
  ports: CallsPorts,
  address: string,
  id: CallId,
  { token, ...given }: z.output<typeof GiveOutsideSecret>,
): Promise<z.output<typeof OutsideEntry>> {
  return logged(ports, null, async () => {
    const call = await ownCall(ports, address, id, token);
    const { owner, callee } = call;
    if (callee === null || owner.kind !== 'contact') throw new ConclaveError('call.over');
    const contact = await findContact(ports.db, callee, owner.contactId);
    if (contact === null || !mayRingFromOutside(ports.policy.current())) throw new ConclaveError('call.over');
    await connect(ports, call, given, { owner: callee, cohost: null });
    const invitationId = randomUUID() as InvitationId;
    const secret = ports.invitationSecrets.of(invitationId, 1);
    const now = new Date(ports.clock());
    await insertInvitations(ports.db, [
      {
        id: invitationId,
        meeting_id: given.meetingId,
        name: contact.name,
        email: contact.email,
        token_hash: hashToken(secret),
        generation: 1,
        made_at: now,
        mailed_at: null,
        mailed_sequence: null,
        seen_at: now,
        used_at: null,
        revoked_at: null,
      },
    ]);
    return { invitation: secret };
  });
}

/** Whose link it is. Whatever is wrong, the answer is the same. @throws ConclaveError call.link_invalid, auth.too_many_attempts */
async function linked(ports: CallsPorts, address: string, secret: string) {
  const attempt = await ports.opened.begin({ address });
  const contact = await findContactByLink(ports.db, hashToken(secret));
  if (contact === null || !mayRingFromOutside(ports.policy.current()))
    throw new ConclaveError('call.link_invalid');
  await attempt.succeeded();
  return contact;
}

/** @throws ConclaveError call.not_found, auth.too_many_attempts */
async function ownCall(ports: CallsPorts, address: string, id: CallId, token: string): Promise<Call> {
  const attempt = await ports.opened.begin({ address });
  const call = ports.desk.find(id);
  const own = call?.owner.kind === 'contact' && sameBytes(call.owner.tokenHash, hashToken(token));
  if (call === null || !own) throw new ConclaveError('call.not_found');
  await attempt.succeeded();
  return call;
}

function present({ state, callee }: Call): OutsideCallState {
  if (state.name === 'ringing') return { state: 'ringing' };
  if (state.name === 'answered' && callee !== null)
    return { state: 'answered', by: callee, answer: state.answer };
  return { state: 'over', how: state.name === 'over' ? state.how : 'failed' };
}
