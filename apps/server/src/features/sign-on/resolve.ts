import { type AccountStatus, ConclaveError, type TestRefusal, type TestResult } from '@conclave/protocol';
import { type AccountRow, findAccount, findAccountByEmail } from '../../storage/repositories/accounts.ts';
import { findIdentity, type IdentityRow } from '../../storage/repositories/signOn/identities.ts';
import { findScimUser } from '../../storage/repositories/signOn/scimUsers.ts';
import { hasEverBeenUsed } from './everUsed.ts';
import type { ExternalPerson } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import { isOpenToAnybody, type KnownProvider } from './providers.ts';

/** Who somebody that a provider has sent is here. */
export type Resolved =
  | { readonly kind: 'known'; readonly account: AccountRow; readonly identity: IdentityRow }
  /** The account was made for this very person and nobody has used it yet: nothing can be taken from anybody. */
  | { readonly kind: 'waiting-for-them'; readonly account: AccountRow }
  /** The address is that of an account. Its owner must show that it is theirs, and agree. */
  | { readonly kind: 'to-link'; readonly account: AccountRow }
  | { readonly kind: 'new'; readonly email: string }
  | { readonly kind: 'refused'; readonly why: TestRefusal };

/**
 * Identities are known by provider, issuer and subject alone; an address, which may change hands, finds an account only to
 * ask its owner, and only when the provider vouches for it.
 */
export async function resolvePerson(
  ports: SignOnPorts,
  provider: KnownProvider,
  person: ExternalPerson,
): Promise<Resolved> {
  const identity = await findIdentity(ports.db, provider.row.id, person.issuer, person.subject);
  if (identity !== null) {
    const account = await findAccount(ports.db, identity.account_id);
    return account === null ? refused('makes-no-accounts') : { kind: 'known', account, identity };
  }
  if (person.email === null) return refused('no-address');
  if (!person.emailVerified) return refused('address-not-verified');
  const account = await findAccountByEmail(ports.db, person.email);
  if (account === null) {
    const why = whyNotCreated(provider, person.email);
    return why === null ? { kind: 'new', email: person.email } : refused(why);
  }
  const waiting = isOfItsDomains(provider, person.email) && (await waitsForThem(ports, provider, account));
  return { kind: waiting ? 'waiting-for-them' : 'to-link', account };
}

function refused(why: TestRefusal): Resolved {
  return { kind: 'refused', why };
}

function whyNotCreated({ settings }: KnownProvider, email: string): TestRefusal | null {
  if (!settings.createsAccounts || isOpenToAnybody(settings)) return 'makes-no-accounts';
  return isOfItsDomains({ settings }, email) ? null : 'other-domain';
}

/** What a provider says of addresses elsewhere makes and takes no accounts: it is asked of their owners. */
function isOfItsDomains({ settings }: Pick<KnownProvider, 'settings'>, email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return settings.domains.length === 0 || settings.domains.includes(domain);
}

/** Invited and never signed in, or made by the directory that belongs to this provider and never used. Never an owner's. */
export async function waitsForThem(
  ports: Pick<SignOnPorts, 'db'>,
  { row }: KnownProvider,
  account: AccountRow,
): Promise<boolean> {
  if (account.role_id === 'owner' || account.password_hash !== null) return false;
  const invited: AccountStatus = 'invited';
  if (account.status === invited) return true;
  const user = await findScimUser(ports.db, account.id);
  if (user === null || user.deleted || user.provider_id !== row.id) return false;
  return !(await hasEverBeenUsed(ports, account, user));
}

/** @throws ConclaveError sign_on.no_account */
export function refuseNobody(resolved: Resolved): asserts resolved is Exclude<Resolved, { kind: 'refused' }> {
  if (resolved.kind === 'refused') throw new ConclaveError('sign_on.no_account');
}

export const OUTCOMES: Readonly<Record<Resolved['kind'], TestResult['outcome']>> = {
  known: 'signs-in',
  'waiting-for-them': 'signs-in',
  'to-link': 'asks-to-link',
  new: 'makes-account',
  refused: 'refused',
};
