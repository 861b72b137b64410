import { createLocalJWKSet, type createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../../clock.ts';
import { STRANGERS_KEY_FETCHES } from '../../../policy/attempts.ts';

/**
 * A provider's keys for tokens that anybody can send. One that names an unknown key makes us ask the provider for its keys, so
 * often and no more: after that the keys that are known count, fresh or not.
 */
export function strangersKeys(remote: ReturnType<typeof createRemoteJWKSet>, clock: Clock): JWTVerifyGetKey {
  const { fetches, windowMs } = STRANGERS_KEY_FETCHES;
  let asked: number[] = [];
  const mayAsk = () => {
    const now = clock();
    asked = asked.filter((at) => now - at < windowMs);
    if (asked.length >= fetches) return false;
    asked.push(now);
    return true;
  };
  return async (header, token) => {
    const known = remote.jwks();
    if (known !== undefined) {
      if (!remote.fresh && mayAsk()) return remote(header, token);
      try {
        return await createLocalJWKSet(known)(header, token);
      } catch (fault) {
        if (!(fault instanceof errors.JWKSNoMatchingKey)) throw fault;
      }
    }
    if (!mayAsk()) throw new errors.JWKSNoMatchingKey();
    return remote(header, token);
  };
}
