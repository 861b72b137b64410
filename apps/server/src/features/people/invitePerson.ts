import { type AccountId, ConclaveError, type Invited, type InvitePerson } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { makeInvitation } from '../accounts/links.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { invitationMail } from '../mail/messages.ts';
import { createAccount } from './createAccount.ts';
import { findManaged, refuseRoleBeyond } from './manage.ts';
import { presentPerson } from './presentPerson.ts';

/**
 * Makes an account that waits for its person, and sends them a link that makes it theirs. Whoever invites sees another one once,
 * for where no mail arrives.
 * @throws ConclaveError account.exists, account.beyond_you, role.not_found
 */
export async function invitePerson(
  ports: AccountsPorts,
  caller: Caller,
  { email, name, role }: InvitePerson,
): Promise<Invited> {
  await refuseRoleBeyond(ports.db, caller, role);
  const row = await createAccount(ports, {
    email,
    name,
    role,
    status: 'invited',
    emailVerified: false,
    language: null,
  });
  ports.emit({ event: 'person.invited', accountId: row.id, by: caller.accountId, role });
  return sendInvitation(ports, caller, row);
}

/** Once more; the former link ends. @throws ConclaveError request.not_found, account.beyond_you, request.invalid when they have come already */
export async function inviteAgain(ports: AccountsPorts, caller: Caller, id: AccountId): Promise<Invited> {
  const row = await findManaged(ports.db, caller, id);
  if (row.status !== 'invited') throw new ConclaveError('request.invalid');
  return sendInvitation(ports, caller, row);
}

async function sendInvitation(ports: AccountsPorts, caller: Caller, row: AccountRow): Promise<Invited> {
  const { mailed, shown } = await makeInvitation(ports, row);
  const byPassword = ports.policy.current().signOn !== 'sso-only';
  await ports.mail.send(invitationMail(row, caller.name, mailed, byPassword, senderOf(ports)));
  return { person: presentPerson(row), link: shown, mailed: ports.mail.server !== null };
}
