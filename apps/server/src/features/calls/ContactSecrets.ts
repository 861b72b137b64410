import { createHmac, hkdfSync } from 'node:crypto';
import type { ContactId } from '@conclave/protocol';
import type { Secret } from '../../secret.ts';

/** The secrets of contacts' links, 256 bits each, made as those of invitations are (`InvitationSecrets.ts`), under another key. */
export class ContactSecrets {
  readonly #key: Buffer;

  constructor(secret: Secret<Buffer>) {
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'conclave contact links', 32));
  }

  /** @param generation one more each time: the link before is dead. @returns base64url */
  of(id: ContactId, generation: number): string {
    return createHmac('sha256', this.#key).update(`${id} ${generation}`).digest('base64url');
  }
}
