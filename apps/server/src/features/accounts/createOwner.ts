import { randomUUID } from 'node:crypto';
import { type Account, AccountId, ConclaveError, type CreateOwner } from '@conclave/protocol';
import type * as z from 'zod/mini';
import { checkPassword } from '../../policy/passwords.ts';
import { hashToken } from '../../security/tokens.ts';
import { insertAccount } from '../../storage/repositories/accounts.ts';
import { deleteOwnerLinks, takeOwnerLink } from '../../storage/repositories/oneTimeLinks.ts';
import { checkOwnerLink } from './checkOwnerLink.ts';
import { newAccount } from './newAccount.ts';
import type { AccountsPorts } from './ports.ts';
import { presentAccount } from './presentAccount.ts';
import { type SignInFrom, startSession } from './startSession.ts';

export interface SignedIn {
  readonly account: Account;
  /** For the cookie. */
  readonly sessionToken: string;
}

/**
 * Makes the owner's account and signs in. A refused password leaves the link good; of two simultaneous uses
 * one makes the owner.
 * @throws ConclaveError auth.link_invalid, auth.too_many_attempts, password.*
 */
export async function createOwner(
  ports: AccountsPorts,
  input: z.output<typeof CreateOwner>,
  address: string,
  from: SignInFrom,
): Promise<SignedIn> {
  await checkOwnerLink(ports, input.token, address);
  checkPassword(input.password, [input.name, input.email], ports.policy.current());
  const row = newAccount({
    id: AccountId.parse(randomUUID()),
    email: input.email,
    name: input.name,
    role_id: 'owner',
    password_hash: await ports.passwords.hash(input.password),
    mail_language: from.language,
    created_at: new Date(ports.clock()),
  });
  await ports.db.transaction().execute(async (transaction) => {
    const taken = await takeOwnerLink(transaction, hashToken(input.token), new Date(ports.clock()));
    if (!taken || !(await insertAccount(transaction, row))) throw new ConclaveError('auth.link_invalid');
    await deleteOwnerLinks(transaction);
  });
  ports.knownPlaces.remember(row.email, address);
  ports.emit({ event: 'owner.created', accountId: row.id });
  // Policy asks nothing of the very first session: there is nothing yet that it could guard.
  const how = { method: 'link', restricted: false } as const;
  const sessionToken = await startSession(ports, row, how, from);
  return { account: await presentAccount(ports.db, row, false), sessionToken };
}
