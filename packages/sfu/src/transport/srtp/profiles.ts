/** How packets are protected: the SRTP protection profiles that we know, and what DTLS calls them. */
export interface SrtpProfile {
  /** OpenSSL's name. */
  readonly name: string;
  /** RFC 5764, section 4.1.2; RFC 7714, section 14.2. */
  readonly id: number;
  /** bytes */
  readonly keyLength: number;
  readonly saltLength: number;
  readonly aead: boolean;
}

/** Most wished for first. The last is what WebRTC requires of everybody (RFC 8827, section 6.5). */
export const SRTP_PROFILES: readonly SrtpProfile[] = [
  { name: 'SRTP_AEAD_AES_256_GCM', id: 0x0008, keyLength: 32, saltLength: 12, aead: true },
  { name: 'SRTP_AEAD_AES_128_GCM', id: 0x0007, keyLength: 16, saltLength: 12, aead: true },
  { name: 'SRTP_AES128_CM_SHA1_80', id: 0x0001, keyLength: 16, saltLength: 14, aead: false },
];

export function srtpProfile(id: number): SrtpProfile | null {
  return SRTP_PROFILES.find((profile) => profile.id === id) ?? null;
}
