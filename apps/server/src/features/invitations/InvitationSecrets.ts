import { createHmac, hkdfSync } from 'node:crypto';
import type { InvitationId } from '@conclave/protocol';
import type { Secret } from '../../secret.ts';

/**
 * The secrets of invitations, 256 bits each: HMAC-SHA-256 under a key that only this installation knows (HKDF, RFC 5869). So the
 * database has their hashes alone, and yet a link can be copied once more and be in every mail that tells of another time.
 */
export class InvitationSecrets {
  readonly #key: Buffer;

  constructor(secret: Secret<Buffer>) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'conclave invitations', 32));
  }

  /** @param generation one more each time: the link before is dead. @returns base64url */
  of(id: InvitationId, generation: number): string {
    return createHmac('sha256', this.#key).update(`${id} ${generation}`).digest('base64url');
  }
}
