/** A bit over a second of 20 ms packets: what is older is not played any more. A power of two. */
const CAPACITY = 64;
const MAX_AGE = 1_000;
const MAX_RESENDS = 5;
/** A second request within this time, ms, is the same one that was sent twice. */
const LEAST_INTERVAL = 10;

/** Bytes of a place, to begin with and to round up to: most sound fits the first. */
const GRAIN = 64;
const FIRST_PLACE = 3 * GRAIN;
/** Numbers of a place: one line of the processor's cache. */
const STRIDE = 8;
const LENGTH = 0;
const SEQUENCE = 1;
const AT = 2;
const RESENDS = 3;
const RESENT_AT = 4;

/**
 * The last packets of a slot with sound, byte by byte as they were sent. Sound has no retransmission stream (RFC 4588) in
 * browsers: a packet is sent again under its own number. The nonce of AES-GCM is made of SSRC and number (RFC 7714,
 * section 8.1), so what is sent again must be the same to the last bit: another send time in the header would give the
 * authentication key away. All of them lie one behind the other: with hundreds of receivers, an object for each packet is
 * so many more places that the processor has to fetch from far away.
 */
export class SentSound {
  /** Of each place; all made at the first packet. */
  #place = 0;
  #bytes = Buffer.alloc(0);
  #numbers = new Float64Array(0);

  store(sequence: number, packet: Uint8Array, now: number): void {
    if (packet.length > this.#place) this.#grow(packet.length);
    const at = sequence & (CAPACITY - 1);
    this.#bytes.set(packet, at * this.#place);
    const all = this.#numbers;
    const first = at * STRIDE;
    all[first + LENGTH] = packet.length;
    all[first + SEQUENCE] = sequence;
    all[first + AT] = now;
    all[first + RESENDS] = 0;
    all[first + RESENT_AT] = Number.NEGATIVE_INFINITY;
  }

  /** The packet to send again because it was asked for; null when it is unknown, too old, or was sent again just now. */
  take(sequence: number, now: number, roundTripTime: number): Buffer | null {
    const all = this.#numbers;
    const first = (sequence & (CAPACITY - 1)) * STRIDE;
    const packet = this.repeat(sequence, now);
    const resends = all[first + RESENDS] ?? 0;
    if (packet === null || resends >= MAX_RESENDS) return null;
    if (now - (all[first + RESENT_AT] ?? 0) < Math.max(LEAST_INTERVAL, roundTripTime)) return null;
    all[first + RESENDS] = resends + 1;
    all[first + RESENT_AT] = now;
    return packet;
  }

  /** The packet to send again without having been asked; null when there is none. */
  repeat(sequence: number, now: number): Buffer | null {
    const at = sequence & (CAPACITY - 1);
    const all = this.#numbers;
    const first = at * STRIDE;
    const length = all[first + LENGTH] ?? 0;
    if (length === 0 || all[first + SEQUENCE] !== sequence || now - (all[first + AT] ?? 0) > MAX_AGE)
      return null;
    return this.#bytes.subarray(at * this.#place, at * this.#place + length);
  }

  /** Forgets everything: what may not be sent any more may not be sent again either. */
  clear(): void {
    this.#numbers.fill(0);
  }

  /** Longer places, with what is in them. */
  #grow(length: number): void {
    const place = Math.max(FIRST_PLACE, Math.ceil(length / GRAIN) * GRAIN);
    const bytes = Buffer.alloc(CAPACITY * place);
    for (let at = 0; at < CAPACITY; at++)
      bytes.set(this.#bytes.subarray(at * this.#place, (at + 1) * this.#place), at * place);
    this.#bytes = bytes;
    this.#place = place;
    if (this.#numbers.length === 0) this.#numbers = new Float64Array(CAPACITY * STRIDE);
  }
}
