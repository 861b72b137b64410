import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { sequenceDistance } from '../rtp/serial.ts';

/** A large key frame, and what comes in a round trip. */
const MOST = 128;
/** What came longer before the key frame belongs to something else, ms. */
const MAX_AGE = 500;

const NOTHING: readonly RtpPacket[] = Object.freeze([]);

/**
 * The packets of a stream that came while somebody waited for a key frame. When the first packet of that key frame comes by
 * retransmission, or late, those behind it are here already: without them a slot that begins there would begin with a gap.
 */
export class Overtakers {
  readonly #packets: RtpPacket[] = [];

  /** @param awaited whether somebody waits for a key frame: otherwise nothing is kept */
  add(packet: RtpPacket, awaited: boolean): void {
    const packets = this.#packets;
    if (!awaited) packets.length = 0;
    else if (packets.push(packet) > MOST) packets.shift();
  }

  /** Those with higher numbers than the start of a key frame, ascending. */
  behind(keyFrame: RtpPacket): readonly RtpPacket[] {
    if (this.#packets.length === 0) return NOTHING;
    const ahead = (packet: RtpPacket): number =>
      sequenceDistance(keyFrame.sequenceNumber, packet.sequenceNumber);
    return this.#packets
      .filter((packet) => ahead(packet) > 0 && keyFrame.arrival - packet.arrival < MAX_AGE)
      .sort((one, other) => ahead(one) - ahead(other));
  }
}
