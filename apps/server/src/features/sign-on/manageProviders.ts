import { randomUUID, X509Certificate } from 'node:crypto';
import {
  ConclaveError,
  type CreateProvider,
  type Provider,
  ProviderId,
  SIGN_ON_LIMITS,
  type SignOnOverview,
  type WriteProvider,
} from '@conclave/protocol';
import { countIdentities } from '../../storage/repositories/signOn/identities.ts';
import {
  countProviders,
  deleteProvider,
  findProvider,
  insertProvider,
  listProviders,
  type ProviderRow,
  updateProvider,
} from '../../storage/repositories/signOn/providers.ts';
import { findTiedSessions, type TiedSession } from '../../storage/repositories/signOn/sessions.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { endSession } from '../accounts/endSession.ts';
import { refuseRoleBeyond } from '../people/manage.ts';
import { secretContext } from './oidc/OidcClients.ts';
import type { SignOnPorts } from './ports.ts';
import { contentOf, isOpenToAnybody, presentProvider } from './providers.ts';
import { countOutsideDomains, keepWaysIn, ownersWithoutFactor, ssoOnlyProblems } from './ssoOnly.ts';

export async function signOnOverview(
  ports: SignOnPorts,
  caller: Pick<Caller, 'permissions'>,
): Promise<SignOnOverview> {
  const counts = await countIdentities(ports.db);
  const rows = await listProviders(ports.db);
  const mayDecide = caller.permissions.has('signon.manage');
  return {
    providers: rows.map((row) => presentProvider(ports, row, counts.get(row.id) ?? 0)),
    ssoOnly: ports.isSsoOnly(),
    problems: await ssoOnlyProblems(ports),
    ownersWithoutFactor: mayDecide ? await ownersWithoutFactor(ports) : [],
    outsideDomains: mayDecide ? await countOutsideDomains(ports) : 0,
    origin: ports.origin(),
  };
}

/**
 * A new provider. It is asked what it is before anything is stored, so that a typing error is found at once.
 * @throws ConclaveError sign_on.limit, sign_on.domain_taken, sign_on.provider_unreachable, sign_on.provider_invalid,
 * sign_on.provider_private, role.not_found, account.beyond_you, request.invalid for an id that is taken
 */
export async function createProvider(
  ports: SignOnPorts,
  caller: Caller,
  { id: wished, ...input }: CreateProvider,
): Promise<Provider> {
  if ((await countProviders(ports.db)) >= SIGN_ON_LIMITS.providers) throw new ConclaveError('sign_on.limit');
  if (wished !== undefined && (await findProvider(ports.db, wished)) !== null) {
    throw new ConclaveError('request.invalid', { field: 'id' });
  }
  const id = wished ?? ProviderId.parse(randomUUID());
  const secret = input.kind === 'oidc' ? input.clientSecret : null;
  await checkProvider(ports, caller, input, null, secret);
  const sealed = secret === null ? null : seal(ports, id, secret);
  await insertProvider(ports.db, id, contentOf(input), sealed, new Date(ports.clock()));
  ports.emit({ event: 'sign_on.provider_changed', providerId: id, by: caller.accountId, what: 'created' });
  return presentProvider(ports, await stored(ports, id), 0);
}

/** One that is switched off lets nobody in any more, and ends the sessions that began with it. @throws as `createProvider`, and sign_on.not_ready */
export async function changeProvider(
  ports: SignOnPorts,
  caller: Caller,
  id: ProviderId,
  input: WriteProvider,
): Promise<Provider> {
  const before = await stored(ports, id);
  const given = input.kind === 'oidc' ? input.clientSecret : null;
  const kept =
    before.secret === null ? null : ports.sealer.open(secretContext(id), before.secret).toString('utf8');
  await checkProvider(ports, caller, input, before, given ?? kept);
  // A secret belongs to the issuer that it was given for, and is never sent to another.
  if (given === null && kept !== null && issuerOf(before) !== issuerIn(input)) {
    throw new ConclaveError('request.invalid', { field: 'clientSecret' });
  }
  const secret = given === null ? undefined : seal(ports, id, given);
  await ports.db.transaction().execute((transaction) =>
    keepWaysIn(ports, transaction, async () => {
      const updated = await updateProvider(
        transaction,
        id,
        contentOf(input),
        secret,
        new Date(ports.clock()),
      );
      if (!updated) throw new ConclaveError('request.invalid', { field: 'kind' });
    }),
  );
  if (!input.enabled) await endSessions(ports, await findTiedSessions(ports.db, id, {}));
  ports.emit({ event: 'sign_on.provider_changed', providerId: id, by: caller.accountId, what: 'changed' });
  const counts = await countIdentities(ports.db);
  return presentProvider(ports, await stored(ports, id), counts.get(id) ?? 0);
}

/** With all links to accounts, and the sessions that began with it. @throws ConclaveError request.not_found, sign_on.not_ready */
export async function removeProvider(ports: SignOnPorts, caller: Caller, id: ProviderId): Promise<void> {
  const tied = await ports.db.transaction().execute((transaction) =>
    keepWaysIn(ports, transaction, async () => {
      // Which sessions began with it is forgotten together with it.
      const sessions = await findTiedSessions(transaction, id, {});
      if (!(await deleteProvider(transaction, id))) throw new ConclaveError('request.not_found');
      return sessions;
    }),
  );
  await endSessions(ports, tied);
  ports.emit({ event: 'sign_on.provider_changed', providerId: id, by: caller.accountId, what: 'deleted' });
}

async function endSessions(ports: SignOnPorts, tied: readonly TiedSession[]): Promise<void> {
  for (const { sessionId, accountId } of tied) {
    await endSession(ports.accounts, { accountId, sessionId, by: 'sign-on' });
  }
}

async function checkProvider(
  ports: SignOnPorts,
  caller: Caller,
  input: WriteProvider,
  before: ProviderRow | null,
  secret: string | null,
): Promise<void> {
  for (const role of new Set([input.defaultRole, ...input.roleRules.map((rule) => rule.role)])) {
    await refuseRoleBeyond(ports.db, caller, role);
  }
  await refuseTakenDomain(ports, input, before?.id ?? null);
  if (input.kind === 'saml') {
    for (const certificate of input.certificates) refuseNoCertificate(certificate);
    return;
  }
  refuseOpenIssuer(input);
  if (isOpenToAnybody(input)) {
    throw new ConclaveError('request.invalid', {
      field: input.preset === 'google' ? 'hostedDomain' : 'domains',
    });
  }
  // One that is switched off may be away.
  if (input.enabled) await ports.oidc.discover(input, secret);
}

/** Whoever types an address is led to one provider. */
async function refuseTakenDomain(
  ports: SignOnPorts,
  input: WriteProvider,
  id: ProviderId | null,
): Promise<void> {
  const others = (await listProviders(ports.db)).filter((row) => row.id !== id);
  const taken = input.domains.some((domain) => others.some((row) => row.domains.includes(domain)));
  if (taken) throw new ConclaveError('sign_on.domain_taken', { field: 'domains' });
}

function refuseNoCertificate(text: string): void {
  const inner = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----|\s/g, '');
  try {
    const { publicKey } = new X509Certificate(Buffer.from(inner, 'base64'));
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType === 'rsa' && bits >= 2048) return;
  } catch {
    // Said below, as for one that is too weak.
  }
  throw new ConclaveError('request.invalid', { field: 'certificates' });
}

/** The tenant's own issuer: at `common` and `organizations` anybody with any Microsoft account could sign in. */
const MICROSOFT =
  /^https:\/\/login\.microsoftonline\.(?:com|us)\/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\/v2\.0$/i;

/** The tenant of all private accounts (Microsoft Learn, “OpenID Connect on the Microsoft identity platform”). */
const PRIVATE_MICROSOFT = '9188040d-6c67-4c5b-b112-36a304b66dad';

function refuseOpenIssuer(input: Extract<WriteProvider, { kind: 'oidc' }>): void {
  const { preset, issuer } = input;
  const good =
    (preset === 'google' && issuer === 'https://accounts.google.com') ||
    (preset === 'microsoft' && MICROSOFT.test(issuer)) ||
    (preset === 'generic' &&
      !/^https:\/\/login\.microsoftonline\.[a-z]+\/(?:common|organizations|consumers)\b/i.test(issuer));
  if (!good || issuer.toLowerCase().includes(PRIVATE_MICROSOFT))
    throw new ConclaveError('request.invalid', { field: 'issuer' });
}

function seal(ports: SignOnPorts, id: ProviderId, secret: string): Buffer {
  return ports.sealer.seal(secretContext(id), Buffer.from(secret, 'utf8'));
}

function issuerOf(row: ProviderRow): unknown {
  return 'issuer' in row.config ? row.config.issuer : null;
}

function issuerIn(input: WriteProvider): string | null {
  return input.kind === 'oidc' ? input.issuer : null;
}

async function stored(ports: SignOnPorts, id: ProviderId): Promise<ProviderRow> {
  const row = await findProvider(ports.db, id);
  if (row === null) throw new ConclaveError('request.not_found');
  return row;
}
