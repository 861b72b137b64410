import type { RtpPacket } from '../rtp/RtpPacket.ts';

/** Times one packet is sent again at most; browsers ask ten times. */
const MAX_RESENDS = 10;

/** What is needed to write a packet of a slot once more. */
export interface CachedPacket {
  packet: RtpPacket;
  sequenceNumber: number;
  timestamp: number;
  pictureId: number;
  tl0PicIdx: number;
}

/**
 * The last packets of a slot by outgoing sequence number. It holds references to the incoming packets, which all
 * receivers share, and the numbers that the rewriter gave them; no payload is copied. The memory is taken at the first
 * packet, about 25 bytes a place.
 */
export class RetransmissionCache {
  readonly #mask: number;
  readonly #maxAge: number;
  #packets: (RtpPacket | null)[] = [];
  #sequences = new Uint16Array(0);
  #timestamps = new Uint32Array(0);
  #pictureIds = new Int16Array(0);
  #tl0PicIdxs = new Int16Array(0);
  #resentAt = new Float64Array(0);
  #resends = new Uint8Array(0);

  /**
   * @param capacity packets, a power of two up to 32768
   * @param maxAge ms since the packet came
   */
  constructor(capacity: number, maxAge: number) {
    if (capacity < 1 || capacity > 32768 || (capacity & (capacity - 1)) !== 0)
      throw new RangeError('capacity is not a power of two');
    this.#mask = capacity - 1;
    this.#maxAge = maxAge;
  }

  /** Called for each packet sent, with the numbers of the slot's rewriter. */
  store(
    packet: RtpPacket,
    sequenceNumber: number,
    timestamp: number,
    pictureId: number,
    tl0PicIdx: number,
  ): void {
    if (this.#packets.length === 0) this.#allocate();
    const at = sequenceNumber & this.#mask;
    this.#packets[at] = packet;
    this.#sequences[at] = sequenceNumber;
    this.#timestamps[at] = timestamp;
    this.#pictureIds[at] = pictureId;
    this.#tl0PicIdxs[at] = tl0PicIdx;
    this.#resentAt[at] = 0;
    this.#resends[at] = 0;
  }

  /**
   * The packet to send again; null when it is unknown, too old, was sent again less than `roundTripTime` ms ago (the
   * answer to the first NACK is still on its way) or too often.
   */
  take(sequenceNumber: number, now: number, roundTripTime: number): CachedPacket | null {
    const at = sequenceNumber & this.#mask;
    const packet = this.#packets[at] ?? null;
    if (packet === null || this.#sequences[at] !== sequenceNumber) return null;
    if (now - packet.arrival > this.#maxAge) {
      this.#packets[at] = null;
      return null;
    }
    const resends = this.#resends[at] ?? 0;
    if (resends >= MAX_RESENDS) return null;
    if (resends > 0 && now - (this.#resentAt[at] ?? 0) < roundTripTime) return null;
    this.#resends[at] = resends + 1;
    this.#resentAt[at] = now;
    return {
      packet,
      sequenceNumber,
      timestamp: this.#timestamps[at] ?? 0,
      pictureId: this.#pictureIds[at] ?? -1,
      tl0PicIdx: this.#tl0PicIdxs[at] ?? -1,
    };
  }

  /** Lets go of packets that are too old; to be called about once a second, and the cache stays small in idle slots. */
  expire(now: number): void {
    const packets = this.#packets;
    for (let at = 0; at < packets.length; at++) {
      const packet = packets[at] ?? null;
      if (packet !== null && now - packet.arrival > this.#maxAge) packets[at] = null;
    }
  }

  /** Forgets everything, for example when what was sent may not be sent again. */
  clear(): void {
    this.#packets.fill(null);
  }

  #allocate(): void {
    const capacity = this.#mask + 1;
    this.#packets = new Array<RtpPacket | null>(capacity).fill(null);
    this.#sequences = new Uint16Array(capacity);
    this.#timestamps = new Uint32Array(capacity);
    this.#pictureIds = new Int16Array(capacity);
    this.#tl0PicIdxs = new Int16Array(capacity);
    this.#resentAt = new Float64Array(capacity);
    this.#resends = new Uint8Array(capacity);
  }
}
