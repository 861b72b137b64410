import { hashToken, makeToken } from '../../security/tokens.ts';
import { hasOwner } from '../../storage/repositories/accounts.ts';
import { replaceOwnerLink } from '../../storage/repositories/oneTimeLinks.ts';
import type { AccountsPorts } from './ports.ts';

const lifetimeMs = 24 * 60 * 60 * 1000;

/**
 * While there is no owner: a new link that makes one, good once and for a day; former links end. The token is in
 * the fragment, which browsers send to nobody. Null when there is an owner.
 */
export async function makeOwnerLink(ports: AccountsPorts, origin: string): Promise<string | null> {
  if (await hasOwner(ports.db)) return null;
  const token = makeToken();
  const now = ports.clock();
  await replaceOwnerLink(ports.db, {
    tokenHash: hashToken(token),
    createdAt: new Date(now),
    expiresAt: new Date(now + lifetimeMs),
  });
  ports.emit({ event: 'owner.link_made' });
  return `${origin}/set-up#${token}`;
}
