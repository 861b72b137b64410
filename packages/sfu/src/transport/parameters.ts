/** What the browser's offer says about its end of the transport (RFC 8839, RFC 8842). */
export interface RemoteParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** SHA-256, upper-case hexadecimal pairs with colons. */
  readonly fingerprint: string;
}

/** An ICE host candidate of ours (RFC 8839, section 5.1), component 1. Over TCP it is passive (RFC 6544). */
export interface HostCandidate {
  readonly transport: 'udp' | 'tcp';
  readonly foundation: string;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
}

/** What our answer says about our end. */
export interface LocalParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
  readonly setup: 'active' | 'passive';
  readonly candidates: readonly HostCandidate[];
}
