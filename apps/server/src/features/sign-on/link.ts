import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  ConclaveError,
  IdentityId,
  type IdentityList,
  type PendingLink,
  SIGN_ON_LIMITS,
} from '@conclave/protocol';
import { type AccountRow, findAccount, proveAddress } from '../../storage/repositories/accounts.ts';
import {
  deleteIdentity,
  findIdentity,
  insertIdentity,
  listIdentitiesOf,
  lockAccount,
} from '../../storage/repositories/signOn/identities.ts';
import { listProviders, markProviderUsed } from '../../storage/repositories/signOn/providers.ts';
import type { Db } from '../../storage/tables.ts';
import { senderOf } from '../mail/letter.ts';
import { identityLinkedMail } from '../mail/messages.ts';
import { findPendingOf, takePendingOf } from './pending.ts';
import type { ExternalPerson } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import { anyProvider, type KnownProvider, presentChoice } from './providers.ts';

/**
 * Links an identity with the account of somebody who is signed in and has said so. The provider must vouch for the account's own
 * address: so nobody links the account of a colleague with theirs, or theirs with an account that is not.
 * @throws ConclaveError sign_on.other_email, sign_on.already_linked, sign_on.limit
 */
export async function link(
  ports: SignOnPorts,
  provider: KnownProvider,
  accountId: AccountId,
  person: ExternalPerson,
): Promise<void> {
  const account = await findAccount(ports.db, accountId);
  if (account === null) throw new ConclaveError('auth.required');
  if (!person.emailVerified || person.email !== account.email) throw new ConclaveError('sign_on.other_email');
  const isNew = await addIdentity(ports, provider, accountId, person);
  const now = new Date(ports.clock());
  await markProviderUsed(ports.db, provider.row.id, now);
  await proveAddress(ports.db, accountId, account.email, now);
  // Another way into their account: whoever has opened it for themselves with a stolen session does not stay unnoticed.
  if (isNew) {
    await ports.accounts.mail.send(
      identityLinkedMail(account, provider.row.name, now, senderOf(ports.accounts)),
    );
  }
}

/** False when it was linked with this account before. @throws ConclaveError sign_on.already_linked, sign_on.limit */
export async function addIdentity(
  ports: SignOnPorts,
  provider: KnownProvider,
  accountId: AccountId,
  person: ExternalPerson,
): Promise<boolean> {
  const isNew = await insertOwnIdentity(ports, provider, accountId, person);
  if (isNew) tellLinked(ports, provider, accountId);
  return isNew;
}

export function tellLinked({ emit }: SignOnPorts, { row }: KnownProvider, accountId: AccountId): void {
  emit({ event: 'sign_on.linked', accountId, providerId: row.id });
}

/** As `addIdentity`; nobody is told, for the transaction that it belongs to may come to nothing. */
export async function insertOwnIdentity(
  ports: Pick<SignOnPorts, 'db' | 'clock'>,
  provider: KnownProvider,
  accountId: AccountId,
  person: ExternalPerson,
): Promise<boolean> {
  const now = new Date(ports.clock());
  const own = await listIdentitiesOf(ports.db, accountId);
  if (own.length >= SIGN_ON_LIMITS.identities) throw new ConclaveError('sign_on.limit');
  const id = IdentityId.parse(randomUUID());
  const inserted = await insertIdentity(ports.db, {
    id,
    provider_id: provider.row.id,
    issuer: person.issuer,
    subject: person.subject,
    account_id: accountId,
    email: person.email,
    created_at: now,
    last_used_at: now,
  });
  if (!inserted) {
    const there = await findIdentity(ports.db, provider.row.id, person.issuer, person.subject);
    if (there?.account_id !== accountId) throw new ConclaveError('sign_on.already_linked');
    return false;
  }
  return true;
}

/** What waits for somebody's consent in this browser. @throws ConclaveError sign_on.expired */
export async function pendingLink(ports: SignOnPorts, token: string | null): Promise<PendingLink> {
  const pending = await findPendingOf(ports, token);
  if (pending?.state.step !== 'to-link') throw new ConclaveError('sign_on.expired');
  const provider = await anyProvider(ports, pending.row.provider_id);
  return { provider: provider.row.name, email: pending.state.person.email ?? '' };
}

/** The consent. @throws ConclaveError sign_on.expired, sign_on.other_email, sign_on.already_linked */
export async function confirmLink(
  ports: SignOnPorts,
  accountId: AccountId,
  token: string | null,
): Promise<void> {
  const { row, state } = await takePendingOf(ports, token);
  if (state.step !== 'to-link') throw new ConclaveError('sign_on.expired');
  await link(ports, await anyProvider(ports, row.provider_id), accountId, state.person);
}

/** Whether a sign-on waits in this browser for the consent of this very account's owner. */
export async function awaitsConsentOf(
  ports: SignOnPorts,
  account: Pick<AccountRow, 'email'>,
  token: string | null,
): Promise<boolean> {
  const pending = await findPendingOf(ports, token);
  return pending?.state.step === 'to-link' && pending.state.person.email === account.email;
}

/** With which providers an account is linked, and could be. */
export async function listIdentities(ports: SignOnPorts, accountId: AccountId): Promise<IdentityList> {
  const rows = await listIdentitiesOf(ports.db, accountId);
  const providers = await listProviders(ports.db);
  const choices = new Map(providers.map((row) => [row.id, presentChoice(row)]));
  return {
    identities: rows.flatMap((row) => {
      const provider = choices.get(row.provider_id);
      if (provider === undefined) return [];
      return [
        {
          id: row.id,
          provider,
          email: row.email,
          createdAt: row.created_at.toISOString(),
          lastUsedAt: row.last_used_at?.toISOString() ?? null,
        },
      ];
    }),
    linkable: providers
      .filter((row) => row.enabled && !rows.some((identity) => identity.provider_id === row.id))
      .map(presentChoice),
  };
}

/** Of two at once, the second one sees what the first has left. @throws ConclaveError request.not_found, sign_on.last_way_in, sign_on.not_ready */
export async function unlink(ports: SignOnPorts, accountId: AccountId, id: IdentityId): Promise<void> {
  const providerId = await ports.db.transaction().execute((transaction) =>
    ports.accounts.keepWaysIn(transaction, async () => {
      const account = await lockAccount(transaction, accountId);
      const own = await listIdentitiesOf(transaction, accountId);
      const identity = own.find((row) => row.id === id);
      if (account === null || identity === undefined) throw new ConclaveError('request.not_found');
      const left = own.filter((row) => row.id !== id).map((row) => row.provider_id);
      if (!(await entersByOneself(ports, account, transaction)) && !(await someIsUsable(transaction, left))) {
        throw new ConclaveError('sign_on.last_way_in');
      }
      await deleteIdentity(transaction, id, accountId);
      return identity.provider_id;
    }),
  );
  ports.emit({ event: 'sign_on.unlinked', accountId, providerId });
}

/** Whether somebody gets in by a passkey, where the policy lets them, or through a provider that is switched on. */
export async function entersWithoutPassword(
  ports: SignOnPorts,
  account: AccountRow,
  db: Db,
): Promise<boolean> {
  if (await entersByOneself(ports, { ...account, password_hash: null }, db)) return true;
  const linked = await listIdentitiesOf(db, account.id);
  return someIsUsable(
    db,
    linked.map((row) => row.provider_id),
  );
}

/** Whether somebody gets in without a provider: by a password or a passkey, and where passwords are off as an owner with a factor. */
async function entersByOneself(ports: SignOnPorts, account: AccountRow, db: Db): Promise<boolean> {
  const has = account.password_hash !== null || (await ports.hasPasskey(account.id, db));
  if (!has || !ports.isSsoOnly()) return has;
  return account.role_id === 'owner' && (await ports.hasSecondFactor(account.id, db));
}

async function someIsUsable(db: Db, providerIds: readonly string[]): Promise<boolean> {
  const providers = await listProviders(db);
  return providers.some((row) => row.enabled && providerIds.includes(row.id));
}
