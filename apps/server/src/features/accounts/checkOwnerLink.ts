import { ConclaveError } from '@conclave/protocol';
import { hashToken } from '../../security/tokens.ts';
import { isOwnerLinkGood } from '../../storage/repositories/oneTimeLinks.ts';
import type { AccountsPorts } from './ports.ts';

/** Whether the link still makes an owner. @throws ConclaveError auth.link_invalid, auth.too_many_attempts */
export async function checkOwnerLink(ports: AccountsPorts, token: string, address: string): Promise<void> {
  const attempt = await ports.linkAttempts.begin({ address });
  if (!(await isOwnerLinkGood(ports.db, hashToken(token), new Date(ports.clock())))) {
    throw new ConclaveError('auth.link_invalid');
  }
  await attempt.succeeded();
}
