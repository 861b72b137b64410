import type { RtpPacket } from '../rtp/RtpPacket.ts';
import type { OutgoingNumbers } from './OutgoingStream.ts';

/** Times one packet is sent again at most; browsers ask ten times. */
const MAX_RESENDS = 10;

/** What is needed to write a packet of a slot once more. */
export interface CachedPacket extends OutgoingNumbers {
  readonly packet: RtpPacket;
}

/** Places at first: two seconds of a tile. A cache that has to overwrite what is not old yet doubles. */
const FIRST_PLACES = 64;
/** Numbers of a place: one line of the processor's cache, so that each packet sent touches one and not nine. */
const STRIDE = 8;
const SEQUENCE = 0;
const TIMESTAMP = 1;
const PICTURE_ID = 2;
const TL0_PIC_IDX = 3;
const FRAME_NUMBER = 4;
const TOP_LAYER = 5;
const RESENT_AT = 6;
const RESENDS = 7;

/**
 * The last packets of a slot by outgoing sequence number. It holds references to the incoming packets, which all
 * receivers share, and the numbers that the rewriter gave them; no payload is copied. The memory is taken at the first
 * packet, 72 bytes a place, and as many places as are needed.
 */
export class RetransmissionCache {
  readonly #most: number;
  readonly #maxAge: number;
  #mask = 0;
  #packets: (RtpPacket | null)[] = [];
  #numbers = new Float64Array(0);

  /**
   * @param capacity packets, a power of two up to 32768
   * @param maxAge ms since the packet came
   */
  constructor(capacity: number, maxAge: number) {
    if (capacity < 1 || capacity > 32768 || (capacity & (capacity - 1)) !== 0)
      throw new RangeError('capacity is not a power of two');
    this.#most = capacity;
    this.#maxAge = maxAge;
  }

  /** Called for each packet sent, with the numbers of the slot's rewriter. */
  store(packet: RtpPacket, numbers: OutgoingNumbers): void {
    const { sequenceNumber } = numbers;
    if (this.#packets.length === 0) this.#allocate(Math.min(FIRST_PLACES, this.#most));
    let at = sequenceNumber & this.#mask;
    const former = this.#packets[at] ?? null;
    if (former !== null && this.#mask + 1 < this.#most && packet.arrival - former.arrival <= this.#maxAge) {
      this.#grow();
      at = sequenceNumber & this.#mask;
    }
    this.#packets[at] = packet;
    const all = this.#numbers;
    const first = at * STRIDE;
    all[first + SEQUENCE] = sequenceNumber;
    all[first + TIMESTAMP] = numbers.timestamp;
    all[first + PICTURE_ID] = numbers.pictureId;
    all[first + TL0_PIC_IDX] = numbers.tl0PicIdx;
    all[first + FRAME_NUMBER] = numbers.frameNumber;
    all[first + TOP_LAYER] = numbers.topLayer;
    all[first + RESENT_AT] = 0;
    all[first + RESENDS] = 0;
  }

  /**
   * The packet to send again; null when it is unknown, too old, was sent again less than `roundTripTime` ms ago (the
   * answer to the first NACK is still on its way) or too often.
   */
  take(sequenceNumber: number, now: number, roundTripTime: number): CachedPacket | null {
    const at = sequenceNumber & this.#mask;
    const packet = this.#packets[at] ?? null;
    const all = this.#numbers;
    const first = at * STRIDE;
    if (packet === null || all[first + SEQUENCE] !== sequenceNumber) return null;
    if (now - packet.arrival > this.#maxAge) {
      this.#packets[at] = null;
      return null;
    }
    const resends = all[first + RESENDS] ?? 0;
    if (resends >= MAX_RESENDS) return null;
    if (resends > 0 && now - (all[first + RESENT_AT] ?? 0) < roundTripTime) return null;
    all[first + RESENDS] = resends + 1;
    all[first + RESENT_AT] = now;
    return {
      packet,
      sequenceNumber,
      timestamp: all[first + TIMESTAMP] ?? 0,
      pictureId: all[first + PICTURE_ID] ?? -1,
      tl0PicIdx: all[first + TL0_PIC_IDX] ?? -1,
      frameNumber: all[first + FRAME_NUMBER] ?? 0,
      topLayer: all[first + TOP_LAYER] ?? -1,
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

  #grow(): void {
    const [packets, numbers] = [this.#packets, this.#numbers];
    this.#allocate(packets.length * 2);
    for (const [from, packet] of packets.entries()) {
      if (packet === null) continue;
      const at = (numbers[from * STRIDE + SEQUENCE] ?? 0) & this.#mask;
      this.#packets[at] = packet;
      this.#numbers.set(numbers.subarray(from * STRIDE, (from + 1) * STRIDE), at * STRIDE);
    }
  }

  #allocate(places: number): void {
    this.#mask = places - 1;
    this.#packets = new Array<RtpPacket | null>(places).fill(null);
    this.#numbers = new Float64Array(places * STRIDE);
  }
}
