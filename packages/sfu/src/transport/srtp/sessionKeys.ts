import { createCipheriv } from 'node:crypto';

/** What DTLS hands over for one direction (RFC 5764, section 4.2). */
export interface MasterKey {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

/** Keys of one kind of packet in one direction. */
export interface SessionKeys {
  readonly key: Uint8Array;
  /** 14 bytes for AES-CM, 12 for GCM. */
  readonly salt: Uint8Array;
  /** HMAC-SHA1; only AES-CM uses it. */
  readonly authentication: Uint8Array;
}

/** RFC 3711, section 4.3.2: encryption, authentication, salt. */
const LABELS = { rtp: [0, 1, 2], rtcp: [3, 4, 5] } as const;
const AUTHENTICATION_BYTES = 20;
/** Where the label is added to the salt: the key derivation rate is zero, so the index of six bytes behind it is too. */
const LABEL_AT = 7;

/**
 * Session keys of RTP or RTCP (RFC 3711, section 4.3; with a key of 256 bits RFC 6188). The salt of GCM is shorter and
 * is filled up with zeros (RFC 7714, section 11).
 */
export function sessionKeys({ key, salt }: MasterKey, kind: keyof typeof LABELS): SessionKeys {
  const [encryption, authentication, salting] = LABELS[kind];
  const derive = (label: number, length: number): Buffer => {
    const input = Buffer.alloc(16);
    input.set(salt);
    input[LABEL_AT] = (input[LABEL_AT] ?? 0) ^ label;
    return createCipheriv(`aes-${key.length * 8}-ctr`, key, input).update(Buffer.alloc(length));
  };
  return {
    key: derive(encryption, key.length),
    salt: derive(salting, salt.length),
    authentication: derive(authentication, AUTHENTICATION_BYTES),
  };
}
