import { randomUUID } from 'node:crypto';
import {
  ConclaveError,
  type ProviderId,
  type ScimOverview,
  type ScimSettings,
  type ScimToken,
  SIGN_ON_LIMITS,
} from '@conclave/protocol';
import { hashToken, makeToken } from '../../../security/tokens.ts';
import { findProvider } from '../../../storage/repositories/signOn/providers.ts';
import { listGroupNames } from '../../../storage/repositories/signOn/scimGroups.ts';
import {
  deleteScimToken,
  findScimToken,
  insertScimToken,
  listScimTokens,
  markScimTokenUsed,
  type ScimTokenRow,
} from '../../../storage/repositories/signOn/scimTokens.ts';
import { countScimUsers } from '../../../storage/repositories/signOn/scimUsers.ts';
import type { Caller } from '../../accounts/authenticate.ts';
import { refuseRoleBeyond } from '../../people/manage.ts';
import type { SignOnPorts } from '../ports.ts';
import { scimSettings, writeScimSettings } from './groupRoles.ts';
import { ScimError } from './ScimError.ts';

/** How exactly we note when a token was last used, ms. */
const touchMs = 60_000;
/** Tells what it is wherever it turns up, so that scanners of leaked secrets can find it. */
const prefix = 'conclave_scim_';

export async function scimOverview(ports: SignOnPorts): Promise<ScimOverview> {
  return {
    baseUrl: `${ports.origin()}/scim/v2`,
    tokens: (await listScimTokens(ports.db)).map(presentToken),
    settings: await scimSettings(ports),
    users: await countScimUsers(ports.db),
    groups: await listGroupNames(ports.db),
  };
}

/** @throws ConclaveError sign_on.limit, request.not_found */
export async function createScimToken(
  ports: SignOnPorts,
  caller: Caller,
  input: { readonly name: string; readonly provider: ProviderId | null },
): Promise<{ scimToken: ScimToken; token: string }> {
  if ((await listScimTokens(ports.db)).length >= SIGN_ON_LIMITS.scimTokens) {
    throw new ConclaveError('sign_on.limit');
  }
  if (input.provider !== null && (await findProvider(ports.db, input.provider)) === null) {
    throw new ConclaveError('request.not_found', { field: 'provider' });
  }
  const token = `${prefix}${makeToken()}`;
  const row = {
    id: randomUUID(),
    name: input.name,
    token_hash: hashToken(token),
    provider_id: input.provider,
    created_at: new Date(ports.clock()),
    last_used_at: null,
  };
  await insertScimToken(ports.db, row);
  ports.emit({ event: 'scim.token_changed', tokenId: row.id, by: caller.accountId, what: 'created' });
  return { scimToken: presentToken(row), token };
}

/** @throws ConclaveError request.not_found */
export async function revokeScimToken(ports: SignOnPorts, caller: Caller, id: string): Promise<void> {
  if (!(await deleteScimToken(ports.db, id))) throw new ConclaveError('request.not_found');
  ports.emit({ event: 'scim.token_changed', tokenId: id, by: caller.accountId, what: 'revoked' });
}

/** @throws ConclaveError role.not_found, account.beyond_you */
export async function setScimSettings(
  ports: SignOnPorts,
  caller: Caller,
  settings: ScimSettings,
): Promise<void> {
  for (const role of new Set([settings.defaultRole, ...settings.groupRules.map((rule) => rule.role)])) {
    await refuseRoleBeyond(ports.db, caller, role);
  }
  await writeScimSettings(ports, settings);
  const { defaultRole, groupRules } = settings;
  ports.emit({
    event: 'scim.settings_changed',
    by: caller.accountId,
    defaultRole,
    groupRules: groupRules.length,
  });
}

/** Whose the token in an Authorization header is. @throws ScimError 401, 429 */
export async function authenticateScim(
  ports: SignOnPorts,
  header: string | undefined,
  address: string,
): Promise<ScimTokenRow> {
  const token = /^Bearer (conclave_scim_[A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1];
  const row = token === undefined ? null : await findScimToken(ports.db, hashToken(token));
  if (row === null) {
    await ports.scimAttempts.begin({ address }).catch((fault: unknown) => {
      if (fault instanceof ConclaveError) throw new ScimError(429, null, fault.retryAfterMs);
      throw fault;
    });
    throw new ScimError(401);
  }
  const now = ports.clock();
  if (row.last_used_at === null || now - row.last_used_at.getTime() >= touchMs) {
    await markScimTokenUsed(ports.db, row.id, new Date(now));
  }
  return row;
}

function presentToken(row: ScimTokenRow): ScimToken {
  return {
    id: row.id,
    name: row.name,
    provider: row.provider_id,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
