import { createHash } from 'node:crypto';
import { ConclaveError } from '@conclave/protocol';
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { findIdentity } from '../../../storage/repositories/signOn/identities.ts';
import { markSeen } from '../../../storage/repositories/signOn/pending.ts';
import { findTiedSessions, findUntiedSessions } from '../../../storage/repositories/signOn/sessions.ts';
import { endSession } from '../../accounts/endSession.ts';
import type { SignOnPorts } from '../ports.ts';
import type { KnownProvider, OidcSettings } from '../providers.ts';
import { SIGNATURES } from './finish.ts';

/** Logout tokens are for now: older ones are refused, and ids are remembered for longer than that. */
const maxAgeSeconds = 5 * 60;
const toleranceSeconds = 30;

/** OpenID Connect Back-Channel Logout 1.0, section 2.4. */
const LogoutToken = z
  .looseObject({
    jti: z.string().min(1).max(500),
    sub: z.string().min(1).max(500).optional(),
    sid: z.string().min(1).max(500).optional(),
    nonce: z.undefined().optional(),
    events: z.looseObject({ 'http://schemas.openid.net/event/backchannel-logout': z.looseObject({}) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/**
 * The provider says that somebody is signed out there: ends the sessions here that began with it, and what they hold open.
 * Anybody can say so: what is not true is counted for where it comes from.
 * @throws ConclaveError sign_on.failed for a token that is not valid, or that was used before; auth.too_many_attempts
 */
export async function logoutFromProvider(
  ports: SignOnPorts,
  provider: KnownProvider<OidcSettings>,
  token: string,
  address: string,
): Promise<void> {
  const attempt = await ports.logoutAttempts.begin({ address });
  const { config, strangersKeys } = await ports.oidc.get(provider);
  const { sub, sid } = await verify(ports, provider, token, config.serverMetadata().issuer, strangersKeys);
  await attempt.succeeded();
  const sessions = await findTiedSessions(ports.db, provider.row.id, {
    ...(sub !== undefined && { subject: sub }),
    ...(sid !== undefined && { sid }),
  });
  if (sub !== undefined) {
    const identity = await findIdentity(ports.db, provider.row.id, config.serverMetadata().issuer, sub);
    if (identity !== null) sessions.push(...(await findUntiedSessions(ports.db, identity.account_id)));
  }
  for (const { sessionId, accountId } of sessions) {
    await endSession(ports.accounts, { accountId, sessionId, by: 'sign-on' });
  }
  ports.emit({ event: 'sign_on.logged_out', providerId: provider.row.id, sessions: sessions.length });
}

async function verify(
  ports: SignOnPorts,
  { row, settings }: KnownProvider<OidcSettings>,
  token: string,
  issuer: string,
  keys: JWTVerifyGetKey,
): Promise<z.output<typeof LogoutToken>> {
  const now = ports.clock();
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: settings.clientId,
      algorithms: SIGNATURES,
      currentDate: new Date(now),
      clockTolerance: toleranceSeconds,
      maxTokenAge: maxAgeSeconds,
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    });
    // An ID token must never pass for one (section 2.6, 4 and the explicit type).
    if (
      protectedHeader.typ !== undefined &&
      !/^(?:application\/)?(?:logout\+jwt|jwt)$/i.test(protectedHeader.typ)
    ) {
      throw new ConclaveError('sign_on.failed');
    }
    const claims = LogoutToken.parse(payload);
    const what = createHash('sha256').update(`logout\0${row.id}\0${claims.jti}`).digest();
    const until = new Date(now + 2 * (maxAgeSeconds + toleranceSeconds) * 1000);
    if (!(await markSeen(ports.db, what, until, new Date(now)))) throw new ConclaveError('sign_on.failed');
    return claims;
  } catch (fault) {
    throw fault instanceof ConclaveError ? fault : new ConclaveError('sign_on.failed', { cause: fault });
  }
}
