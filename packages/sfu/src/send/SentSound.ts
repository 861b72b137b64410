/** A bit over a second of 20 ms packets: what is older is not played any more. A power of two. */
const CAPACITY = 64;
const MAX_AGE = 1_000;
const MAX_RESENDS = 5;
/** A second request within this time, ms, is the same one that was sent twice. */
const LEAST_INTERVAL = 10;

interface Sent {
  bytes: Buffer;
  length: number;
  sequence: number;
  at: number;
  resends: number;
  resentAt: number;
}

/**
 * The last packets of a slot with sound, byte by byte as they were sent. Sound has no retransmission stream (RFC 4588) in
 * browsers: a packet is sent again under its own number. The nonce of AES-GCM is made of SSRC and number (RFC 7714,
 * section 8.1), so what is sent again must be the same to the last bit: another send time in the header would give the
 * authentication key away.
 */
export class SentSound {
  readonly #sent: Sent[] = [];

  store(sequence: number, packet: Uint8Array, now: number): void {
    const at = sequence & (CAPACITY - 1);
    let sent = this.#sent[at];
    if (sent === undefined || sent.bytes.length < packet.length) {
      const bytes = Buffer.allocUnsafeSlow(packet.length + 32);
      sent = { bytes, length: 0, sequence: 0, at: 0, resends: 0, resentAt: 0 };
      this.#sent[at] = sent;
    }
    sent.bytes.set(packet);
    sent.length = packet.length;
    sent.sequence = sequence;
    sent.at = now;
    sent.resends = 0;
    sent.resentAt = Number.NEGATIVE_INFINITY;
  }

  /** The packet to send again because it was asked for; null when it is unknown, too old, or was sent again just now. */
  take(sequence: number, now: number, roundTripTime: number): Buffer | null {
    const sent = this.#find(sequence, now);
    if (sent === null || sent.resends >= MAX_RESENDS) return null;
    if (now - sent.resentAt < Math.max(LEAST_INTERVAL, roundTripTime)) return null;
    sent.resends += 1;
    sent.resentAt = now;
    return sent.bytes.subarray(0, sent.length);
  }

  /** The packet to send again without having been asked; null when there is none. */
  repeat(sequence: number, now: number): Buffer | null {
    const sent = this.#find(sequence, now);
    return sent === null ? null : sent.bytes.subarray(0, sent.length);
  }

  /** Forgets everything: what may not be sent any more may not be sent again either. */
  clear(): void {
    this.#sent.length = 0;
  }

  #find(sequence: number, now: number): Sent | null {
    const sent = this.#sent[sequence & (CAPACITY - 1)];
    return sent === undefined || sent.sequence !== sequence || now - sent.at > MAX_AGE ? null : sent;
  }
}
